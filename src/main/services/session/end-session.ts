import type { AppError } from '@shared/ipc/result'
import { signOut } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { ServerSecrets } from './server-secrets'
import type { SessionDeps } from './session-deps'
import { detailOf } from './session-errors'
import type { TokenKeeper } from './token-keeper'

interface EndDeps extends Pick<SessionDeps, 'log'> {
  readonly id: string
  readonly secrets: ServerSecrets
  /** The tokens and the connection with which the session is revoked. */
  readonly tokens: TokenKeeper['current']
  readonly http: PbxHttp | undefined
}

/**
 * Deletes the refresh token from the keychain and revokes the session at the PBX if it can be reached. Returns the
 * error if a token remains in the keychain. Without a keychain there is none.
 */
export async function endSession({ id, secrets, tokens, http, log }: EndDeps): Promise<AppError | undefined> {
  const keychainError = await secrets.deleteRefresh()
  if (tokens !== undefined && http !== undefined) {
    const error = await signOut(http, tokens.api, tokens.access).catch(detailOf)
    if (error) log.warn(`sign-out ${id} was not answered: ${error.code}`)
  }
  return keychainError
}
