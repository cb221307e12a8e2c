import type { ServerId } from '@shared/domain/server'
import type { ServerOverview } from '@shared/domain/system-status'
import type { Servers } from '../servers/servers'
import { readOverview } from '../services/read-overview'
import { handle } from './handle'

export interface StatusIpcDeps {
  readonly servers: Pick<Servers, 'reader' | 'state'>
  readonly onRead: (serverId: ServerId, overview: ServerOverview) => void
}

/** Handles `status:get`. */
export function registerStatusIpc({ servers, onRead: read }: StatusIpcDeps): void {
  handle('status:get', async ({ serverId }) => {
    const overview = await readOverview(servers.reader(serverId), servers.state(serverId))
    read(serverId, overview)
    return overview
  })
}
