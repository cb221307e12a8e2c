import { transportStatus } from '../portsip/transport-status'
import type { Servers } from '../servers/servers'
import { handle } from './handle'

/** Handles `transports:*`. */
export function registerTransportsIpc(servers: Pick<Servers, 'reader'>): void {
  handle('transports:status', ({ serverId, protocol, id }) => transportStatus(servers.reader(serverId), protocol, id))
}
