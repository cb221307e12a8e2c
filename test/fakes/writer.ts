import type { ServerRecord } from '@shared/domain/server'
import type { PbxWriter } from '@main/portsip/pbx-client'
import { WriteAccess } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { noWaiting } from './timing'

/** Changes one server with this client; a lost response is settled without waiting. */
export const writerOf = (client: PbxWriter, record: () => Pick<ServerRecord, 'name' | 'protection'>): Writer =>
  new Writer({ record, access: () => new WriteAccess(client), timing: noWaiting })
