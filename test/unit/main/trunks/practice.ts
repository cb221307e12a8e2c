import { randomUUID } from 'node:crypto'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { PracticeOptions } from '@demo/practice-pbx'
import { startSharedKeyPbx } from '@test/fakes/practice-pbx'
import { TrunksService } from '@main/services/trunks/trunks-service'
import { oneServer } from '@test/fakes/servers'
import { writerOf } from '@test/fakes/writer'
import { signIn } from '../ip-rules/practice'

/** The service in front of a practice PBX; `version` is the version that the server reported. */
export async function startTrunks(
  { version, ...record }: Partial<ServerRecord> & { readonly version?: string } = {},
  options: PracticeOptions = {},
) {
  const pbx = await startSharedKeyPbx({ rules: 0, ...options })
  const { client, dispose } = await signIn(pbx)
  const server: ServerRecord = {
    ...emptyServerDraft,
    id: randomUUID(),
    activeAddress: 'first',
    name: 'Kunde A',
    address: pbx.url,
    ...record,
  }
  const service = new TrunksService({
    servers: oneServer(client, () => server, { ...(version && { version }) }),
    writer: writerOf(client, () => server),
  })
  const serverId = server.id
  const { trunks } = await service.list({ serverId })
  const { items: tenants } = await service.tenants({ serverId, query: { offset: 0, limit: 100 } })
  const close = async (): Promise<void> => {
    dispose()
    await pbx.close()
  }
  return { pbx, client, service, serverId, trunks, tenants, close }
}

export type StartedTrunks = Awaited<ReturnType<typeof startTrunks>>
