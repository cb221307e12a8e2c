import type { ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { ServerOverview } from '@shared/domain/system-status'
import type { PbxReader } from '../portsip/pbx-client'
import { readOverview } from '../services/read-overview'
import { handle } from './handle'

export interface StatusIpcDeps {
  readonly client: (serverId: ServerId) => PbxReader
  readonly session: (serverId: ServerId) => Pick<SessionState, 'role'>
  readonly read: (serverId: ServerId, overview: ServerOverview) => void
}

/** Answers `status:get`. */
export function registerStatusIpc({ client, session, read }: StatusIpcDeps): void {
  handle('status:get', async ({ serverId }) => {
    const overview = await readOverview(client(serverId), session(serverId).role)
    read(serverId, overview)
    return overview
  })
}
