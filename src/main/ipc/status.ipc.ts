import type { ServerId } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { PbxClient } from '../portsip/pbx-client'
import { readOverview } from '../services/read-overview'
import { handle } from './handle'

export interface StatusIpcDeps {
  readonly client: (serverId: ServerId) => PbxClient
  readonly session: (serverId: ServerId) => Pick<SessionState, 'role'>
}

/** Answers `status:get`. */
export function registerStatusIpc({ client, session }: StatusIpcDeps): void {
  handle('status:get', ({ serverId }) => readOverview(client(serverId), session(serverId).role))
}
