import type { ServerId } from '@shared/domain/server'
import { health } from '@shared/fleet/health'
import { ifPresent, type Servers } from './servers'

/** Why a server cannot be read: its state as shown everywhere, such as `Unreachable since 12:04`, or `Not signed in`. */
export function notSignedInText(servers: Pick<Servers, 'record' | 'state'>, id: ServerId): string {
  const current = ifPresent(() => health(servers.state(id), servers.record(id)))
  const isPlain = current === undefined || ['signed-out', 'not-checked', 'signed-in'].includes(current.state)
  return isPlain ? 'Not signed in' : current.label
}
