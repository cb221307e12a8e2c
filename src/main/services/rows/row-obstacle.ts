import type { ServerId } from '@shared/domain/server'
import type { MergedPhase } from '@shared/fleet/merged-phase'
import type { MergedId } from '@shared/fleet/merged-ids'
import { ifPresent, type Servers } from '../../servers/servers'
import { rowSource } from './row-source'

/** Why a resource of a server cannot be read now; undefined if it can. */
export function rowObstacle(
  servers: Pick<Servers, 'record' | 'state'>,
  serverId: ServerId,
  resource: MergedId,
): Extract<MergedPhase, 'paused' | 'signed-out' | 'no-permission'> | undefined {
  const found = ifPresent(() => ({ record: servers.record(serverId), state: servers.state(serverId) }))
  if (found === undefined) return 'signed-out'
  const { record, state } = found
  if (record.paused === true) return 'paused'
  if (state.phase !== 'signed-in') return 'signed-out'
  return rowSource(state, resource) === undefined ? 'no-permission' : undefined
}
