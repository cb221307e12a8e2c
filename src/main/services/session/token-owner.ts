import { tenantRoles } from '@shared/access/rules'
import { FleetError } from '@shared/ipc/result'
import { ownDealer, type SignInApi, type Whoami } from '../../portsip/auth'
import { canReadSystemStatus } from '../../portsip/admin-status'
import type { PbxHttp } from '../../portsip/http'
import { badReply } from '../../portsip/read-body'
import { endsEverything } from './session-errors'
import type { UserReads } from './user-reads'

/** The account of a sign-in, as the user typed it. */
interface TypedAccount {
  readonly username: string
  readonly domain: string
}

/** Distinguishes accounts, because the API has no account ID, as far as the server reports it. The role may change. */
type TokenOwner = Pick<Whoami, 'role' | 'domain'> & { readonly dealerId: string | undefined }

type Match = 'same' | 'other' | 'unknown'

/** The tokens belong to another account, which ends the session. */
export class OtherAccountError extends FleetError {
  constructor() {
    super({
      code: 'signed-out',
      message: 'The renewed session belongs to another account',
      hint: 'Nothing was changed with it. Sign in again.',
    })
  }
}

const unverifiedAccount = (): FleetError =>
  new FleetError({
    code: 'signed-out',
    message: 'The PBX does not report whose session this is since it was renewed',
    hint: 'Nothing was sent. Sign in again to make changes.',
  })

const differs = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && a !== b

const isSameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** An account remains one of these while its role changes; a custom role may be one of the system or of a tenant. */
function kindOf(role: string | undefined): 'system' | 'dealer' | 'tenant' | undefined {
  if (role === 'SystemAdmin') return 'system'
  if (role === 'Dealer') return 'dealer'
  return role !== undefined && tenantRoles.includes(role) ? 'tenant' : undefined
}

/** Undefined for an error that says nothing about the account; an error that ends the session is thrown. */
const unlessEnded = (error: unknown): undefined => {
  if (!(error instanceof FleetError) || endsEverything(error)) throw error
  return undefined
}

/** Reads what the PBX reports of the owner of a token. */
export interface OwnerReads {
  readonly http: () => PbxHttp
  readonly users: UserReads
}

/**
 * Whose tokens the session has. Tokens of a sign-in with a password belong to its account; renewed ones are compared
 * with what the PBX reported of it, or if that is unknown, with what was typed. Changes are sent only with a token that
 * is known to belong to the account.
 */
export class SessionOwner {
  private typed: TypedAccount | undefined
  /** What was first and what was last reported of it; empty if its user could not be read yet. */
  private owners: readonly TokenOwner[] = []
  /** The account has read the status of the system, which neither a dealer nor a tenant's user can. */
  private isOfSystem = false
  /** The tokens are of an earlier run: no token of this session is known to belong to the account from the start. */
  private isResumed = false
  /** The last two tokens that belong to the account: a call may still use the previous one. */
  private verified: readonly string[] = []

  constructor(private readonly reads: OwnerReads) {}

  /** A sign-in with a password; `token` belongs to the account. */
  signedIn(typed: TypedAccount, token: string): void {
    this.reset()
    this.typed = typed
    this.addVerified(token)
  }

  /** A session of an earlier run; its owner is compared when it is first read. */
  resumed(typed: TypedAccount): void {
    this.reset()
    this.typed = typed
    this.isResumed = true
  }

  reset(): void {
    this.typed = undefined
    this.owners = []
    this.verified = []
    this.isOfSystem = this.isResumed = false
  }

  renamed(username: string): void {
    if (this.typed !== undefined) this.typed = { ...this.typed, username }
  }

  isVerified(token: string): boolean {
    return this.verified.includes(token)
  }

  /**
   * Uses what was just read with a token: of a verified one, to know its owner from now on; of another one, to verify
   * it. Throws OtherAccountError, and errors that end the session.
   */
  async learn(
    token: string,
    user: Whoami | undefined,
    readsSystemStatus: boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    if (!this.isVerified(token)) return this.compare(token, user, readsSystemStatus, signal)
    this.isOfSystem ||= readsSystemStatus
    if (user?.role === undefined) return
    const latest = await this.ownerOf(user, token, signal)
    this.owners = [this.owners[0] ?? latest, latest]
  }

  /**
   * Verifies a token that is not used yet. Throws OtherAccountError, errors that end the session and, if the owner is
   * known, read errors. If it is unknown, the token may remain unverified.
   */
  async verify(api: SignInApi, token: string): Promise<void> {
    const { users, http } = this.reads
    if (this.owners.length === 0) {
      const user = await users.read(api, token).catch(unlessEnded)
      const isAdministrator = this.isOfSystem && user?.role === undefined
      const readsStatus = isAdministrator && (await canReadSystemStatus(http(), token).catch(unlessEnded)) === true
      return this.compare(token, user, readsStatus)
    }
    await this.requireOwner(await users.read(api, token), token)
    this.addVerified(token)
  }

  /** To be called before a change is sent. Throws `signed-out` if the token is not known to belong to the account. */
  async requireVerified(api: SignInApi, token: string): Promise<void> {
    if (this.isVerified(token)) return
    await this.verify(api, token)
    if (!this.isVerified(token)) throw unverifiedAccount()
  }

  private addVerified(token: string): void {
    this.verified = [token, ...this.verified].slice(0, 2)
  }

  private async requireOwner(user: Whoami, token: string): Promise<void> {
    // A response without a role proves nothing.
    if (user.role === undefined) throw badReply('GET /auth/user', '“role” is missing or has an unexpected type')
    const alike = this.owners.filter(
      ({ role, domain }) => !differs(kindOf(user.role), kindOf(role)) && !differs(user.domain, domain),
    )
    if (alike.length === 0) throw new OtherAccountError()
    if (alike.some(({ dealerId }) => dealerId === undefined)) return
    const { id } = await ownDealer(this.reads.http(), token, undefined)
    if (alike.every(({ dealerId }) => dealerId !== id)) throw new OtherAccountError()
  }

  private async compare(
    token: string,
    user: Whoami | undefined,
    readsStatus: boolean,
    signal?: AbortSignal,
  ): Promise<void> {
    const match = await this.match(token, user, readsStatus, signal)
    if (match === 'other') throw new OtherAccountError()
    if (match === 'unknown') return
    this.addVerified(token)
    await this.learn(token, user, readsStatus, signal)
  }

  private async match(
    token: string,
    user: Whoami | undefined,
    readsStatus: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Match> {
    const { typed, isOfSystem, isResumed } = this
    if (typed === undefined) return 'unknown'
    const kind = kindOf(user?.role)
    if (typed.domain !== '') return matchOfTenant(kind, user, typed.domain)
    if (kind === 'tenant') return 'other'
    if (kind === 'dealer') return isOfSystem ? 'other' : this.matchOfDealer(token, typed.username, signal)
    if (user?.role === undefined && !readsStatus) return 'unknown'
    return isOfSystem || isResumed ? 'same' : 'unknown'
  }

  private async matchOfDealer(token: string, username: string, signal: AbortSignal | undefined): Promise<Match> {
    const dealer = await ownDealer(this.reads.http(), token, signal).catch(unlessEnded)
    if (dealer?.name === undefined) return 'unknown'
    if (isSameText(dealer.name, username)) return 'same'
    // A newer PBX may accept the email address at the sign-in.
    return username.includes('@') ? 'unknown' : 'other'
  }

  private async ownerOf(user: Whoami, token: string, signal: AbortSignal | undefined): Promise<TokenOwner> {
    const { role, domain } = user
    if (role !== 'Dealer') return { role, domain, dealerId: undefined }
    const known = this.owners.find(({ dealerId }) => dealerId !== undefined)?.dealerId
    const dealerId = known ?? (await ownDealer(this.reads.http(), token, signal).catch(unlessEnded))?.id
    return { role, domain, dealerId }
  }
}

/** A tenant's user signs in with the tenant's domain, which the PBX reports from 22.3 on. */
function matchOfTenant(kind: ReturnType<typeof kindOf>, user: Whoami | undefined, domain: string): Match {
  if (kind === 'system' || kind === 'dealer') return 'other'
  if (user?.domain !== undefined) return isSameText(user.domain, domain) ? 'same' : 'other'
  return kind === 'tenant' ? 'same' : 'unknown'
}
