import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { ServerFacts } from '@shared/domain/server-facts'
import type { TokenSet } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'
import { knownStatus } from '../../portsip/admin-status'
import {
  ownDealerId,
  renewAnyhow,
  sendOtp,
  signIn,
  verifyOtp,
  whoami,
  type Credentials,
  type SignInApi,
} from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import type { Attempts } from './attempts'
import type { ServerSecrets } from './server-secrets'
import type { ServerRecords } from './session-deps'
import { endsEverything, isRefused, isUnreachable, nobodySignedIn } from './session-errors'
import { endOfSession, type TokenKeeper } from './token-keeper'
import { requireKind, requireOwner, type TokenOwner } from './token-owner'

/** What the PBX says about the session that is signed in. */
export interface Identity {
  readonly role?: string
  readonly passwordForceReset?: boolean
  readonly version?: string
  readonly facts?: ServerFacts
}

/** What a successful sign-in tells of the session. */
export interface Entered extends Identity {
  readonly username: string
  readonly passwordStored: boolean
  /** Only about the keychain: the session itself stands. */
  readonly error?: AppError
}

export interface Account {
  readonly username: string
  readonly domain: string
  readonly remember: boolean
}

/** A sign-in that waits for its code. */
interface Challenge {
  readonly token: string
  readonly credentials: Credentials
  readonly remember: boolean
}

export interface FlowDeps {
  readonly id: ServerId
  readonly records: ServerRecords
  readonly secrets: ServerSecrets
  readonly tokens: TokenKeeper
  readonly attempts: Attempts
  readonly http: () => PbxHttp
  readonly reader: PbxReader
  /** The time for facts, RFC 3339. */
  readonly now: () => string
}

/** The ways into a session: password, code, refresh token. Each counts what is refused and ends with the same reading of role and version. */
export class SignInFlow {
  private challenge: Challenge | undefined
  /** Who the tokens belong to, as far as the PBX says it. */
  private owner: TokenOwner | undefined
  /** Who is signed in. */
  account: Account | undefined

  constructor(private readonly deps: FlowDeps) {}

  reset(): void {
    this.challenge = undefined
    this.owner = undefined
    this.account = undefined
  }

  /** Undefined: the PBX sent a code, which is to be verified. */
  async withPassword(credentials: Credentials, remember: boolean, signal: AbortSignal): Promise<Entered | undefined> {
    const http = this.deps.http()
    let answer
    try {
      answer = await signIn(http, credentials, signal)
    } catch (error) {
      if (isRefused(error)) this.deps.attempts.failed(this.record.activeAddress, credentials)
      throw error
    }
    if (answer.kind === 'tokens') return this.enter(answer.api, answer.tokens, credentials, remember, signal, false)
    await sendOtp(http, answer.token, signal)
    this.challenge = { token: answer.token, credentials, remember }
    return undefined
  }

  async withCode(code: string, signal: AbortSignal): Promise<Entered> {
    const { token, credentials, remember } = this.pending()
    let tokens
    try {
      tokens = await verifyOtp(this.deps.http(), token, code, signal)
    } catch (error) {
      // Wrong codes count towards the lock-out as wrong passwords do.
      if (isRefused(error)) this.deps.attempts.failed(this.record.activeAddress)
      throw error
    }
    return this.enter('auth', tokens, credentials, remember, signal, false)
  }

  async resendCode(): Promise<void> {
    await sendOtp(this.deps.http(), this.pending().token, undefined)
  }

  /** Goes on with a refresh token, once. Undefined: it is refused, and forgotten, and the password's turn comes. */
  async withRefreshToken(refresh: string, password: string, signal: AbortSignal): Promise<Entered | undefined> {
    const { username, domain, remember } = this.record
    let renewed
    try {
      renewed = await renewAnyhow(this.deps.http(), refresh, signal)
    } catch (error) {
      if (signal.aborted || endOfSession(error) === undefined) throw error
      this.deps.tokens.clear()
      await this.deps.secrets.dropRefresh()
      if (isUnreachable(error)) throw error
      return undefined
    }
    return this.enter(renewed.api, renewed.tokens, { username, domain, password }, remember, signal, true)
  }

  /** Reads role and version again. Throws `signed-out` where the session has ended. */
  async identify(): Promise<Identity> {
    const { current } = this.deps.tokens
    if (current === undefined) throw nobodySignedIn()
    return this.read(current.api, current.access, undefined)
  }

  /** Before anything else is sent with a renewed token. Throws `signed-out` where it belongs to another account, and what reading throws. */
  async verify(api: SignInApi, token: string): Promise<void> {
    if (this.owner !== undefined) await requireOwner(this.deps.http(), api, token, this.owner)
  }

  private get record(): ServerRecord {
    return this.deps.records.get(this.deps.id)
  }

  private pending(): Challenge {
    if (this.challenge === undefined) throw nobodySignedIn()
    return this.challenge
  }

  /** The tokens are here: keeps what is to be kept, then reads role and version. */
  private async enter(
    api: SignInApi,
    tokens: TokenSet,
    { username, domain, password }: Credentials,
    remember: boolean,
    signal: AbortSignal,
    resumed: boolean,
  ): Promise<Entered> {
    signal.throwIfAborted()
    const { secrets, attempts, records, id } = this.deps
    this.deps.tokens.put(api, tokens)
    attempts.succeeded(this.record.activeAddress)
    this.challenge = undefined
    this.account = { username, domain, remember }
    const { refresh_token: refresh } = tokens
    const error = resumed
      ? remember && refresh !== undefined
        ? await secrets.keepRefresh(refresh)
        : undefined
      : await secrets.keep(remember, password, refresh)
    const { record } = this
    if (record.username !== username || record.domain !== domain || record.remember !== remember)
      await records.patch(id, { username, domain, remember })
    const told = await this.read(api, tokens.access_token, signal, resumed)
    signal.throwIfAborted()
    const passwordStored = remember && password !== '' && (resumed || error === undefined)
    return { username, passwordStored, ...told, ...(error && { error }) }
  }

  /**
   * Role and version, as far as this PBX and this role may read them: a session needs neither. Where the PBX does not say whether it requires a new
   * password (before 22.2), it is taken to do so when it refuses what this account may always read.
   */
  private async read(
    api: SignInApi,
    token: string,
    signal: AbortSignal | undefined,
    resumed = false,
  ): Promise<Identity> {
    const refused = new Set<'user' | 'dealer' | 'status'>()
    const unless = (what: 'user' | 'dealer' | 'status') => (error: unknown) => {
      if (!(error instanceof FleetError) || endsEverything(error)) throw error
      if (error.detail.code === 'forbidden') refused.add(what)
      return undefined
    }
    const http = this.deps.http()
    const user = await whoami(http, api, token, signal).catch(unless('user'))
    if (resumed && user?.role !== undefined) requireKind(user.role, this.record.domain)
    const dealerId =
      user?.role === 'Dealer' ? await ownDealerId(http, token, signal).catch(unless('dealer')) : undefined
    this.owner = user && { ...user, dealerId }
    // Who may read the system's status is its administrator, whatever else could not be read.
    const { reader, now } = this.deps
    const status = await knownStatus(reader, user?.role ?? 'SystemAdmin', now).catch(unless('status'))
    const role = user?.role ?? (status && 'SystemAdmin')
    // Where the role is not known, the status may be refused for the role alone.
    const isBarred = user?.role !== undefined && refused.has('status')
    const mustChange = user === undefined ? refused.has('user') : (user.passwordForceReset ?? isBarred)
    return { ...(role && { role }), passwordForceReset: mustChange, ...status }
  }
}
