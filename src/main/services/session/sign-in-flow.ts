import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { TokenSet } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'
import {
  renewWithEither,
  sendOtp,
  signIn,
  verifyOtp,
  type Credentials,
  type SignInApi,
  type Whoami,
} from '../../portsip/auth'
import { NotSentError } from '../../portsip/connect-error'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import type { Attempts } from './attempts'
import { readIdentity, type Identity, type IdentityDeps } from './read-identity'
import type { ServerSecrets } from './server-secrets'
import type { ServerRecords } from './session-deps'
import { codeNotSent, isRefused, isUnreachable, notSignedIn, wrongCode } from './session-errors'
import { endOfSession, type TokenKeeper } from './token-keeper'
import { SessionOwner } from './token-owner'
import { Probes } from './probe'
import { UserReads } from './user-reads'

/** Result of a successful sign-in. */
export interface SignInResult extends Identity {
  readonly username: string
  readonly passwordStored: boolean
  /** An error of the keychain; the sign-in itself succeeded. */
  readonly error?: AppError
}

export interface Account {
  readonly username: string
  readonly domain: string
  readonly remember: boolean
}

/** A sign-in that requires a verification code. */
interface Challenge {
  readonly token: string
  readonly credentials: Credentials
  readonly remember: boolean
  readonly sentAt: string
}

export interface FlowDeps {
  readonly id: ServerId
  readonly records: ServerRecords
  readonly secrets: ServerSecrets
  readonly tokens: TokenKeeper
  readonly attempts: Attempts
  readonly http: () => PbxHttp
  readonly reader: PbxReader
  /** Current time for facts, in RFC 3339. */
  readonly now: () => string
  /** The version of the PBX, as far as the session knows it. */
  readonly version: () => string | undefined
}

/** Why the identity is read again. */
export interface IdentifyHow {
  /** The status was just read. */
  readonly withoutStatus?: boolean
  /** The token is new, and its check has read the user. */
  readonly isRenewed?: boolean
}

/** Signs in by password, verification code or refresh token. Each counts refusals and then reads role and version. */
export class SignInFlow {
  private challenge: Challenge | undefined
  private readonly users: UserReads
  readonly owner: SessionOwner
  readonly probes: Probes
  /** The account that is signed in. */
  account: Account | undefined

  constructor(private readonly deps: FlowDeps) {
    const { http, reader } = deps
    this.users = new UserReads(http)
    this.owner = new SessionOwner({ http, users: this.users })
    this.probes = new Probes(reader)
  }

  reset(): void {
    this.challenge = undefined
    this.account = undefined
    this.owner.reset()
    this.probes.forget()
  }

  /** Undefined if the PBX sent a code that must be verified. */
  async withPassword(
    credentials: Credentials,
    remember: boolean,
    signal: AbortSignal,
  ): Promise<SignInResult | undefined> {
    const http = this.deps.http()
    let answer
    try {
      answer = await signIn(http, credentials, signal)
    } catch (error) {
      if (isRefused(error)) this.deps.attempts.countFailure(this.record.activeAddress, credentials)
      throw error
    }
    const { codeRequired = false } = this.record
    const isRequired = answer.kind === 'otp'
    if (codeRequired !== isRequired) await this.deps.records.patch(this.deps.id, { codeRequired: isRequired })
    if (answer.kind === 'tokens')
      return this.completeSignIn(answer.api, answer.tokens, credentials, remember, signal, false)
    await sendOtp(http, answer.token, signal)
    this.challenge = { token: answer.token, credentials, remember, sentAt: this.deps.now() }
    return undefined
  }

  /** The same with the saved password; a refusal is remembered over a restart. */
  async withStored(
    credentials: Credentials,
    remember: boolean,
    signal: AbortSignal,
  ): Promise<SignInResult | undefined> {
    try {
      return await this.withPassword(credentials, remember, signal)
    } catch (error) {
      if (isRefused(error)) await this.deps.records.patch(this.deps.id, { passwordRefused: true })
      throw error
    }
  }

  async withCode(code: string, signal: AbortSignal): Promise<SignInResult> {
    const { token, credentials, remember } = this.requireChallenge()
    let tokens
    try {
      tokens = await verifyOtp(this.deps.http(), token, code, signal)
    } catch (error) {
      // Wrong codes count towards the lockout like wrong passwords.
      if (!(error instanceof FleetError) || !isRefused(error)) throw error
      this.deps.attempts.countFailure(this.record.activeAddress)
      throw wrongCode(error)
    }
    return this.completeSignIn('auth', tokens, credentials, remember, signal, false)
  }

  /** When the last code was sent. */
  get codeSentAt(): string | undefined {
    return this.challenge?.sentAt
  }

  async resendCode(): Promise<void> {
    const challenge = this.requireChallenge()
    try {
      await sendOtp(this.deps.http(), challenge.token, undefined)
    } catch (error) {
      // Without a response, the email may have been sent.
      if (isUnreachable(error) && !(error instanceof NotSentError)) this.noteSent(challenge)
      throw error instanceof FleetError && isRefused(error) ? codeNotSent(error) : error
    }
    this.noteSent(challenge)
  }

  private noteSent(challenge: Challenge): void {
    // A sign-in may have ended it meanwhile.
    if (this.challenge === challenge) this.challenge = { ...challenge, sentAt: this.deps.now() }
  }

  /**
   * Resumes the session with a refresh token, once. Undefined if it was refused and deleted; the password is tried
   * next.
   */
  async withRefreshToken(refresh: string, password: string, signal: AbortSignal): Promise<SignInResult | undefined> {
    const { username, domain, remember } = this.record
    let resumed
    try {
      resumed = await renewWithEither(this.deps.http(), refresh, signal)
    } catch (error) {
      if (signal.aborted || endOfSession(error) === undefined) throw error
      this.deps.tokens.clear()
      await this.deps.secrets.deleteRefresh()
      if (isUnreachable(error)) throw error
      return undefined
    }
    return this.completeSignIn(resumed.api, resumed.tokens, { username, domain, password }, remember, signal, true)
  }

  /**
   * Reads role and version again. Throws `signed-out` if the session has ended, and OtherAccountError if it turns out to
   * be that of another account.
   */
  async identify({ withoutStatus = false, isRenewed = false }: IdentifyHow = {}): Promise<Identity> {
    const { current } = this.deps.tokens
    if (current === undefined) throw notSignedIn()
    const { api, access } = current
    const user = () => (isRenewed ? this.users.lastOrRead(api, access) : this.users.read(api, access))
    return this.read(access, { user, refresh: true, withoutStatus })
  }

  /** Must run before a renewed token is used. Throws `signed-out` if it belongs to another account, and read errors. */
  async verify(api: SignInApi, token: string): Promise<void> {
    await this.owner.verify(api, token)
  }

  /** Must run before a change is sent with the token. Throws `signed-out` if it may belong to another account. */
  async requireOwn(token: string): Promise<void> {
    const { current } = this.deps.tokens
    if (current === undefined) throw notSignedIn()
    await this.owner.requireVerified(current.api, token)
  }

  private get record(): ServerRecord {
    return this.deps.records.get(this.deps.id)
  }

  private requireChallenge(): Challenge {
    if (this.challenge === undefined) throw notSignedIn()
    return this.challenge
  }

  /** Stores the new tokens and secrets, then reads role and version. */
  private async completeSignIn(
    api: SignInApi,
    tokens: TokenSet,
    { username, domain, password }: Credentials,
    remember: boolean,
    signal: AbortSignal,
    resumed: boolean,
  ): Promise<SignInResult> {
    signal.throwIfAborted()
    const { secrets, attempts, records, id } = this.deps
    this.deps.tokens.saveTokens(api, tokens)
    attempts.reset(this.record.activeAddress)
    this.challenge = undefined
    this.account = { username, domain, remember }
    const { refresh_token: refresh } = tokens
    const { passwordStored, error } = resumed
      ? {
          passwordStored: remember && password !== '',
          error: remember && refresh !== undefined ? await secrets.saveRefresh(refresh) : undefined,
        }
      : await secrets.save(remember, password, refresh)
    const { record } = this
    const isOther = record.username !== username || record.domain !== domain || record.remember !== remember
    if (isOther || record.passwordRefused === true)
      await records.patch(id, { username, domain, remember, ...(record.passwordRefused && { passwordRefused: false }) })
    const { access_token: access } = tokens
    if (resumed) this.owner.resumed({ username, domain })
    else this.owner.signedIn({ username, domain }, access)
    const identity = await this.read(access, { user: () => this.users.read(api, access, signal), signal })
    signal.throwIfAborted()
    return { username, passwordStored, ...identity, ...(error && { error }) }
  }

  /** What the PBX reports of the account and of itself. */
  private async read(
    token: string,
    how: Pick<IdentityDeps, 'user' | 'refresh' | 'withoutStatus'> & { readonly signal?: AbortSignal },
  ): Promise<Identity> {
    const { reader, now, version } = this.deps
    const { domain } = this.account ?? this.record
    const learn = (user: Whoami | undefined, readsSystemStatus: boolean): Promise<void> =>
      this.owner.learn(token, user, readsSystemStatus, how.signal)
    const { probes } = this
    return readIdentity({ reader, domain, now, probes, learn, knownVersion: version(), ...how })
  }
}
