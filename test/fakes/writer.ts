import type { ServerRecord } from '@shared/domain/server'
import type { PbxWriter } from '@main/portsip/pbx-client'
import { WriteAccess } from '@main/services/writes/approved'
import type { WriteLog } from '@main/services/writes/write'
import { Writer } from '@main/services/writes/writer'
import { noWaiting } from './timing'

/** A journal that stores nothing. */
export const noLog = (): WriteLog => ({ intent: () => Promise.resolve(1), result: () => Promise.resolve() })

/** Changes one server with this client; a missing response is settled without waiting. */
export const writerOf = (client: PbxWriter, record: () => Pick<ServerRecord, 'name' | 'protection'>): Writer =>
  new Writer({ servers: { record }, access: () => new WriteAccess(client), log: noLog, timing: noWaiting })
