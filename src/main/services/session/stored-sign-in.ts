import type { AddressChoice, ServerRecord } from '@shared/domain/server'
import type { AppError } from '@shared/ipc/result'
import type { Credentials } from '../../portsip/auth'
import type { Attempts } from './attempts'
import { refusedBefore } from './session-errors'

interface StoredDeps {
  readonly record: Pick<ServerRecord, 'username' | 'domain'>
  readonly secrets: { readonly password?: string; readonly error?: AppError }
  readonly attempts: Attempts
  readonly address: AddressChoice
  /** Why it is not known which of two passwords holds. */
  readonly doubt: AppError | undefined
}

/**
 * Whether what the keychain holds may be tried by itself: never a password that was refused or is in doubt, and none while a lock-out is near.
 * Otherwise a person is asked, with the reason where there is one.
 */
export function storedSignIn(
  deps: StoredDeps,
): { readonly credentials: Credentials } | { readonly ask: AppError | undefined } {
  const { record, secrets, attempts, address, doubt } = deps
  const { username, domain } = record
  const credentials = { username, domain, password: secrets.password ?? '' }
  const refused = attempts.wasRefused(credentials)
  const unsure = refused || doubt !== undefined || attempts.isRisky(address)
  if (secrets.password !== undefined && username !== '' && !unsure) return { credentials }
  return { ask: doubt ?? (refused ? refusedBefore().detail : secrets.error) }
}
