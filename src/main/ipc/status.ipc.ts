import type { ServerId } from '@shared/domain/server'
import type { ServerOverview } from '@shared/domain/system-status'
import type { Servers } from '../servers/servers'
import { readOverview } from '../services/read-overview'
import { handle } from './handle'

export interface StatusIpcDeps {
  readonly servers: Pick<Servers, 'reader' | 'state'>
  readonly sessions: {
    roleReads(serverId: ServerId): number
    noteOverview(serverId: ServerId, overview: ServerOverview, since: number): void
  }
}

/** Handles `status:get`. */
export function registerStatusIpc({ servers, sessions }: StatusIpcDeps): void {
  handle('status:get', async ({ serverId }) => {
    const since = sessions.roleReads(serverId)
    const overview = await readOverview(servers.reader(serverId), servers.state(serverId))
    sessions.noteOverview(serverId, overview, since)
    return overview
  })
}
