import type { AppError } from '@shared/ipc/result'
import { signOut } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { ServerSecrets } from './server-secrets'
import type { SessionDeps } from './session-deps'
import { detailOf } from './session-errors'
import type { TokenKeeper } from './token-keeper'

interface EndDeps extends Pick<SessionDeps, 'keychain' | 'log'> {
  readonly id: string
  readonly secrets: ServerSecrets
  /** The tokens and the connections as they were, to revoke the session with. */
  readonly held: TokenKeeper['current']
  readonly http: PbxHttp | undefined
}

/**
 * Takes the refresh token out of the keychain and revokes the session at the PBX, as far as it can be reached. Gives back what the person has to know of: a token
 * that stays in the keychain. Without any keychain there is none.
 */
export async function endSession({ id, secrets, held, http, keychain, log }: EndDeps): Promise<AppError | undefined> {
  const kept = await secrets.dropRefresh()
  if (held !== undefined && http !== undefined) {
    const unanswered = await signOut(http, held.api, held.access).catch(detailOf)
    if (unanswered) log.warn(`sign-out ${id} was not answered: ${unanswered.code}`)
  }
  return (await keychain.status()).state === 'unavailable' ? undefined : kept
}
