import { FleetError } from '@shared/ipc/result'
import { renew, signIn, signOut, type Credentials } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import { switchTenant } from '../../portsip/tenants'
import { WriteAccess } from '../writes/approved'
import type { AddressChoice } from '@shared/domain/server'
import type { Attempts } from './attempts'
import { Calls } from './calls'
import type { Link } from './link'
import type { ServerSecrets } from './server-secrets'
import { SessionClient } from './session-client'
import { isRefused, refusedBefore, riskUnconfirmed } from './session-errors'
import { TokenKeeper } from './token-keeper'

/** A session of its own beside the main one of a server, for work that changes what a session is. */
export interface SecondSession {
  readonly reader: PbxReader
  readonly access: WriteAccess
  /** The session is the administrator of this tenant from now on, or itself again. */
  switchTo(tenantId: string | undefined): Promise<void>
  /** Revokes it at the PBX, as far as that can be reached. */
  end(): Promise<void>
}

export interface SecondDeps {
  readonly link: Pick<Link, 'current'>
  readonly http: PbxHttp
  readonly attempts: Attempts
  readonly address: AddressChoice
  readonly secrets: ServerSecrets
  readonly account: Pick<Credentials, 'username' | 'domain'>
  readonly now: () => number
}

const passwordNeeded = (): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'Enter the password to sign in again',
    fields: [{ path: 'password', message: 'Enter the password' }],
  })

const codeAsked = (): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'The PBX requires a verification code for each sign-in, so a second session is not possible',
    hint: 'Add the server once more with the account of the tenant’s administrator.',
  })

/** The password that was typed, or the one in the keychain unless the PBX refused it before. */
async function passwordFor({ secrets, attempts, account }: SecondDeps, typed: string | undefined): Promise<string> {
  if (typed !== undefined) return typed
  const { password, error } = await secrets.read()
  if (password === undefined) throw error ? new FleetError(error) : passwordNeeded()
  if (attempts.wasRefused({ ...account, password })) throw refusedBefore()
  return password
}

/**
 * Signs the same account in once more, with tokens that are kept nowhere but here. Tried once; a refusal counts towards the lock-out as any other. It
 * works only while the server's main session stays on the same connection. Throws `rejected` without a password or where a code is asked for,
 * `refused`, `confirmation-required` once three sign-ins were refused.
 */
export async function signInBeside(deps: SecondDeps, typed: string | undefined): Promise<SecondSession> {
  const { http, link, attempts, address, account, now } = deps
  if (attempts.isRisky(address)) throw riskUnconfirmed()
  const credentials = { ...account, password: await passwordFor(deps, typed) }
  const answer = await signIn(http, credentials, undefined).catch((error: unknown) => {
    if (isRefused(error)) attempts.failed(address, credentials)
    throw error
  })
  if (answer.kind === 'otp') throw codeAsked()
  attempts.succeeded(address)
  const tokens = new TokenKeeper({
    renew: (api, refresh) => renew(http, api, refresh),
    renewed: () => Promise.resolve(),
    verify: () => Promise.resolve(),
    now,
  })
  tokens.put(answer.api, answer.tokens)
  const here = {
    get current() {
      return link.current === http ? http : undefined
    },
  }
  const client = new SessionClient(new Calls({ tokens, link: here, failed: () => undefined }))
  const end = async (): Promise<void> => {
    const held = tokens.current
    tokens.clear()
    if (held !== undefined) await signOut(http, held.api, held.access).catch(() => undefined)
  }
  return {
    reader: client,
    access: new WriteAccess(client),
    switchTo: (tenantId) => switchTenant(client, tenantId),
    end,
  }
}
