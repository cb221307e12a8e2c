import type { SessionService } from '../services/session/session-service'
import { handle } from './handle'

/** Handles `session:*`; changes are pushed as `session:changed`. */
export function registerSessionIpc({ sessions }: { readonly sessions: SessionService }): void {
  handle('session:list', () => sessions.list())
  handle('session:connect', ({ serverId }) => sessions.connect(serverId))
  handle('session:trust', ({ serverId, fingerprint256 }) => sessions.trust(serverId, fingerprint256))
  handle('session:signIn', (args) => sessions.signIn(args))
  handle('session:verifyOtp', ({ serverId, code, confirmRisk }) => sessions.verifyOtp(serverId, code, confirmRisk))
  handle('session:resendOtp', ({ serverId }) => sessions.resendOtp(serverId))
  handle('session:signOut', ({ serverId }) => sessions.signOut(serverId))
  handle('session:useAddress', ({ serverId, address }) => sessions.useAddress(serverId, address))
  handle('session:cancel', ({ serverId }) => {
    sessions.cancel(serverId)
    return null
  })
}
