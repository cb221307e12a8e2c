import type { ServerId } from '@shared/domain/server'
import type { SessionService } from './session-service'

/** Calls `run` once for each sign-in to a server, not for other changes of its state. */
export function onSignIn(sessions: Pick<SessionService, 'onChange'>, run: (serverId: ServerId) => unknown): void {
  const signedIn = new Set<ServerId>()
  sessions.onChange(({ serverId, phase }) => {
    const isNew = phase === 'signed-in' && !signedIn.has(serverId)
    if (phase === 'signed-in') signedIn.add(serverId)
    else signedIn.delete(serverId)
    if (isNew) run(serverId)
  })
}
