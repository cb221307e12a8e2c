import { randomUUID } from 'node:crypto'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { PracticeOptions } from '@demo/practice-pbx'
import { startSharedKeyPbx } from '@test/fakes/practice-pbx'
import { RecordsService } from '@main/services/records/records-service'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import { writerOf } from '@test/fakes/writer'
import { signIn } from '../ip-rules/practice'

/** The service of all described resources in front of a practice PBX, as its administrator. */
export async function startRecords(options: PracticeOptions = {}, record: Partial<ServerRecord> = {}) {
  const pbx = await startSharedKeyPbx({ rules: 0, tenants: 0, dealers: 0, ...options })
  const { client, dispose } = await signIn(pbx)
  const server: ServerRecord = {
    ...emptyServerDraft,
    id: randomUUID(),
    activeAddress: 'first',
    name: 'Kunde A',
    address: pbx.url,
    ...record,
  }
  const records = new RecordsService({
    servers: oneServer(client, () => server),
    writer: writerOf(client, () => server),
    hooks: resourceHooks(),
  })
  const close = async (): Promise<void> => {
    dispose()
    await pbx.close()
  }
  return { pbx, client, records, serverId: server.id, close }
}

export type StartedRecords = Awaited<ReturnType<typeof startRecords>>
