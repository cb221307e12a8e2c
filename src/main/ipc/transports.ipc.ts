import type { ServerId } from '@shared/domain/server'
import type { PbxReader } from '../portsip/pbx-client'
import { transportStatus } from '../portsip/transport-status'
import { handle } from './handle'

/** What transports have beside their records. */
export function registerTransportsIpc({ client }: { readonly client: (serverId: ServerId) => PbxReader }): void {
  handle('transports:status', ({ serverId, protocol, id }) => transportStatus(client(serverId), protocol, id))
}
