import { expectTypeOf, it } from 'vitest'
import type { PbxClient, PbxReader, PbxWriter } from '@main/portsip/pbx-client'
import type { resetDealerPassword } from '@main/portsip/account'
import type { createRecord, destroyRecord, listRecords, updateRecord } from '@main/portsip/records'
import type { sendTestMail } from '@main/portsip/notification'
import type { SecondSession } from '@main/services/session/second-session'
import type { SessionService } from '@main/services/session/session-service'
import type { WriteAccess } from '@main/services/writes/approved'

type Senders = [
  typeof createRecord,
  typeof updateRecord,
  typeof destroyRecord,
  typeof resetDealerPassword,
  typeof sendTestMail,
]
type SentWith = Parameters<Senders[number]>[0]

// Checked by the compiler, because these are only types.
it('code that may only read a server cannot send a change', () => {
  expectTypeOf<PbxReader>().not.toHaveProperty('post')
  expectTypeOf<PbxReader>().not.toHaveProperty('postFor')
  expectTypeOf<SentWith>().toEqualTypeOf<PbxWriter>()
  expectTypeOf<PbxReader>().not.toExtend<SentWith>()
})

it('code that may only change a server cannot read it', () => {
  expectTypeOf<PbxWriter>().not.toExtend<Parameters<typeof listRecords>[0]>()
  expectTypeOf<PbxClient>().toExtend<PbxReader & PbxWriter>()
})

it('a session exposes nothing that can send a change; only an approval can', () => {
  expectTypeOf<ReturnType<SessionService['reader']>>().toEqualTypeOf<PbxReader>()
  expectTypeOf<ReturnType<SessionService['access']>>().toEqualTypeOf<WriteAccess>()
  expectTypeOf<SecondSession['reader']>().toEqualTypeOf<PbxReader>()
  expectTypeOf<keyof WriteAccess>().toEqualTypeOf<never>()
  expectTypeOf<WriteAccess>().not.toExtend<PbxWriter>()
})
