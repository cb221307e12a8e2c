import type { AddressChoice, ServerRecord } from '@shared/domain/server'
import { isSavedRefused } from '@shared/domain/saved-password'
import type { SignInArgs } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import type { Credentials } from '../../portsip/auth'
import type { Attempts } from './attempts'
import type { ServerSecrets } from './server-secrets'
import { refusedBefore, riskUnconfirmed } from './session-errors'

interface TypedDeps {
  readonly record: Pick<ServerRecord, 'username' | 'domain' | 'passwordRefused'>
  readonly secrets: ServerSecrets
  readonly attempts: Attempts
  readonly address: AddressChoice
}

const noPassword = (): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'No password is kept for this server',
    fields: [{ path: 'password', message: 'Enter the password' }],
  })

/**
 * The typed password, or the one in the keychain. Throws `confirmation-required` if a lockout is near and the risk was
 * not confirmed, `refused` for a stored password that was refused before, in
 * this run or an earlier one.
 */
export async function typedSignIn(
  args: SignInArgs,
  { record, secrets, attempts, address }: TypedDeps,
): Promise<Credentials> {
  const { username, domain, confirmRisk } = args
  if (attempts.isRisky(address) && !confirmRisk) throw riskUnconfirmed()
  if (args.password !== undefined) return { username, domain, password: args.password }
  const { password, error } = await secrets.read()
  if (password === undefined) throw error ? new FleetError(error) : noPassword()
  const credentials = { username, domain, password }
  if (isSavedRefused(record, credentials) || attempts.wasRefused(credentials)) throw refusedBefore()
  return credentials
}
