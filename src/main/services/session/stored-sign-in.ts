import type { AddressChoice, ServerRecord } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import type { Credentials } from '../../portsip/auth'
import type { Attempts } from './attempts'
import { refusedBefore } from './session-errors'

interface StoredDeps {
  readonly record: Pick<ServerRecord, 'username' | 'domain' | 'passwordRefused'>
  readonly secrets: { readonly password?: string; readonly error?: AppError }
  readonly attempts: Attempts
  readonly address: AddressChoice
  /** Set while the old or the new password may be valid. */
  readonly unconfirmedError: AppError | undefined
}

/**
 * Decides whether the stored password may be tried automatically: not if it was refused or is unconfirmed, or if a
 * lockout is near. Otherwise the user must enter it; `ask` is the reason, if any.
 */
export function storedSignIn(
  deps: StoredDeps,
): { readonly credentials: Credentials } | { readonly ask: AppError | undefined } {
  const { record, secrets, attempts, address, unconfirmedError } = deps
  const { username, domain } = record
  const credentials = { username, domain, password: secrets.password ?? '' }
  const wasRefused = record.passwordRefused === true || attempts.wasRefused(credentials)
  const isUnsafe = wasRefused || unconfirmedError !== undefined || attempts.isRisky(address)
  if (secrets.password !== undefined && username !== '' && !isUnsafe) return { credentials }
  return { ask: unconfirmedError ?? (wasRefused ? refusedBefore().detail : secrets.error) }
}
