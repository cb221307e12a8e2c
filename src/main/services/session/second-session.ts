import { FleetError } from '@shared/ipc/result'
import { signIn, signOut, type Credentials } from '../../portsip/auth'
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

/** A separate session beside the main one, for work that changes the identity of the session. */
export interface SecondSession {
  readonly reader: PbxReader
  readonly access: WriteAccess
  /** Makes the session the administrator of this tenant, or ends that if undefined. */
  switchTo(tenantId: string | undefined): Promise<void>
  /** Revokes the session at the PBX if it can be reached. */
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

const passwordRequired = (): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'Enter the password to sign in again',
    fields: [{ path: 'password', message: 'Enter the password' }],
  })

const codeRequired = (): FleetError =>
  new FleetError({
    code: 'rejected',
    message: 'The PBX requires a verification code for each sign-in, so a second session is not possible',
    hint: 'Add the server once more with the account of the tenant’s administrator: its Tenant page shows the tenant and can rename it.',
  })

const sessionOver = (): FleetError =>
  new FleetError({
    code: 'signed-out',
    message: 'The second session has expired',
    hint: 'Exit the tenant view and open it again.',
  })

/** The typed password, or the one in the keychain unless it was refused before. */
async function passwordFor({ secrets, attempts, account }: SecondDeps, typed: string | undefined): Promise<string> {
  if (typed !== undefined) return typed
  const { password, error } = await secrets.read()
  if (password === undefined) throw error ? new FleetError(error) : passwordRequired()
  if (attempts.wasRefused({ ...account, password })) throw refusedBefore()
  return password
}

/**
 * Signs in again with the same account; the tokens stay in this session. Tried once, and a failure counts towards the
 * lockout. Works only while the main session keeps its connection.
 * Throws `rejected` without a password or if a code is required, `refused`, and `confirmation-required` after three
 * failures.
 */
export async function signInAgain(deps: SecondDeps, typed: string | undefined): Promise<SecondSession> {
  const { http, link, attempts, address, account, now } = deps
  if (attempts.isRisky(address)) throw riskUnconfirmed()
  const credentials = { ...account, password: await passwordFor(deps, typed) }
  const answer = await signIn(http, credentials, undefined).catch((error: unknown) => {
    if (isRefused(error)) attempts.countFailure(address, credentials)
    throw error
  })
  if (answer.kind === 'otp') throw codeRequired()
  attempts.reset(address)
  const tokens = new TokenKeeper({
    // No document says whether a renewed session is still that of the tenant.
    renew: () => Promise.reject(sessionOver()),
    onRenewed: () => Promise.resolve(),
    verify: () => Promise.resolve(),
    now,
  })
  tokens.saveTokens(answer.api, answer.tokens)
  const currentLink = {
    get current() {
      return link.current === http ? http : undefined
    },
  }
  const client = new SessionClient(
    new Calls({ tokens, link: currentLink, requireOwn: () => Promise.resolve(), onFailure: () => undefined }),
  )
  const end = async (): Promise<void> => {
    const currentTokens = tokens.current
    tokens.clear()
    if (currentTokens !== undefined) await signOut(http, currentTokens.api, currentTokens.access).catch(() => undefined)
  }
  return {
    reader: client,
    access: new WriteAccess(client),
    switchTo: (tenantId) => switchTenant(client, tenantId),
    end,
  }
}
