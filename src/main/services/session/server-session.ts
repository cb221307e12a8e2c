import type { AddressChoice, ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState, SignInArgs, TokenSet } from '@shared/domain/session'
import { FleetError, type AppError, type ErrorCode } from '@shared/ipc/result'
import { cancelled } from '../../portsip/abort'
import { pbxVersion } from '../../portsip/admin-status'
import {
  renew,
  renewAnyhow,
  sendOtp,
  signIn,
  signOut,
  verifyOtp,
  whoami,
  type Credentials,
  type SignInApi,
} from '../../portsip/auth'
import type { HttpRequest, PbxHttp } from '../../portsip/http'
import type { PbxClient } from '../../portsip/pbx-client'
import { CertificateError } from '../../portsip/tls-trust'
import { realTiming } from '../../portsip/token-bucket'
import { Attempts } from './attempts'
import { Link } from './link'
import { ServerSecrets } from './server-secrets'
import { SessionClient } from './session-client'
import type { SessionDeps } from './session-deps'
import { nobodySignedIn, refusedBefore, riskUnconfirmed, wrongCertificate } from './session-errors'
import { endOfSession, TokenKeeper } from './token-keeper'

type Patch = { readonly [K in Exclude<keyof SessionState, 'serverId' | 'address' | 'failures'>]?: SessionState[K] }

/** A sign-in that waits for its code. */
interface Challenge {
  readonly token: string
  readonly credentials: Credentials
  readonly remember: boolean
}

/** Failures after which nothing is known to be wrong with the credentials, only with the way to the server. */
const unreachable: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'timeout',
  'redirected',
  'tls-invalid',
  'bad-reply',
  'body-too-large',
  'server-error',
])

const codeOf = (error: unknown): ErrorCode => (error instanceof FleetError ? error.detail.code : 'internal')
const detailOf = (error: unknown): AppError =>
  error instanceof FleetError ? error.detail : { code: 'internal', message: 'Something in the app failed' }

/**
 * The session with one server: a state machine over trust, sign-in and the tokens. A new piece of work ends the one before. What an operation of a person
 * may throw is said by it; what the PBX or the network did ends up in the state.
 */
export class ServerSession {
  readonly client: PbxClient
  readonly attempts: Attempts
  private readonly link: Link
  private readonly secrets: ServerSecrets
  private readonly tokens: TokenKeeper
  private patch: Patch & Pick<SessionState, 'phase' | 'passwordStored'> = { phase: 'signed-out', passwordStored: false }
  private work: AbortController | undefined
  private connecting: Promise<SessionState> | undefined
  private challenge: Challenge | undefined
  private account: { readonly username: string; readonly domain: string; readonly remember: boolean } | undefined
  private pages = new AbortController()

  constructor(
    private readonly id: ServerId,
    private readonly deps: SessionDeps,
    private readonly changed: (state: SessionState) => void,
  ) {
    this.attempts = new Attempts(deps.wallClock ?? Date.now)
    this.link = new Link(id, deps)
    this.secrets = new ServerSecrets(id, deps.keychain)
    this.tokens = new TokenKeeper({
      renew: (api, refresh) => renew(this.http(), api, refresh),
      renewed: (refresh) => this.keepRenewed(refresh),
      now: (deps.timing ?? realTiming).now,
    })
    this.client = new SessionClient({
      call: (request, run) => this.call(request, run),
      peer: () => this.link.current?.peer() ?? {},
    })
  }

  get state(): SessionState {
    const { lastSeen } = this.link
    const address = this.address
    return {
      ...this.patch,
      serverId: this.id,
      address,
      failures: this.attempts.count(address),
      ...(lastSeen && { lastSeen }),
    }
  }

  /** Looks at the certificate, then signs in once with what the keychain holds, if it may. */
  connect(): Promise<SessionState> {
    if (this.patch.phase === 'signed-in') return Promise.resolve(this.state)
    const blocked = this.attempts.blocked(this.address)
    if (blocked?.until !== undefined) return Promise.resolve(this.put({ phase: 'denied', deniedUntil: blocked.until }))
    this.connecting ??= this.connectNow().finally(() => (this.connecting = undefined))
    return this.connecting
  }

  /** Throws `confirmation-required`, `refused` for a stored password that was refused before, `cancelled`. */
  async signIn(args: SignInArgs): Promise<SessionState> {
    if (this.attempts.isRisky(this.address) && !args.confirmRisk) throw riskUnconfirmed()
    const stored = args.password === undefined ? await this.secrets.read() : {}
    const password = args.password ?? stored.password
    if (password === undefined) {
      if (stored.error) throw new FleetError(stored.error)
      const fields = [{ path: 'password', message: 'A password is needed' }]
      throw new FleetError({ code: 'rejected', message: 'No password is kept for this server', fields })
    }
    const credentials = { username: args.username, domain: args.domain, password }
    if (args.password === undefined && this.attempts.wasRefused(credentials)) throw refusedBefore()
    const { signal } = this.begin()
    this.tokens.clear()
    try {
      await this.authenticate(credentials, args.remember, signal)
    } catch (error) {
      if (signal.aborted) throw cancelled()
      this.failed(error, 'needs-password', args.username)
    }
    return this.state
  }

  /** Throws `signed-out` when no code is waited for. */
  async verifyOtp(code: string): Promise<SessionState> {
    const { challenge } = this
    if (challenge === undefined) throw nobodySignedIn()
    const { signal } = this.begin()
    try {
      const tokens = await verifyOtp(this.http(), challenge.token, code, signal)
      await this.enter('auth', tokens, challenge.credentials, challenge.remember, signal)
    } catch (error) {
      if (signal.aborted) throw cancelled()
      if (codeOf(error) === 'refused') this.attempts.failed(this.address)
      // Wrong codes count towards the lock-out as wrong passwords do: from here on the risk must be confirmed.
      this.failed(error, this.attempts.isRisky(this.address) ? 'needs-password' : 'needs-otp')
    }
    return this.state
  }

  async resendOtp(): Promise<void> {
    if (this.challenge === undefined) throw nobodySignedIn()
    await sendOtp(this.http(), this.challenge.token, undefined)
  }

  /** Keeps the shown certificate as the one to be trusted, and connects. Throws `conflict` when another one is shown by now. */
  async trust(fingerprint256: string): Promise<SessionState> {
    const { certificate } = this.patch
    if (this.patch.phase !== 'untrusted' || certificate?.fingerprint256 !== fingerprint256) throw wrongCertificate()
    await this.deps.records.patch(this.id, { pin: certificate })
    return this.connect()
  }

  /** Revokes the session at the PBX, as far as it can be reached, and forgets its tokens here and in the keychain. */
  async signOut(): Promise<SessionState> {
    const held = this.tokens.current
    const http = this.link.current
    this.leave()
    const state = this.put({ phase: 'signed-out', passwordStored: this.patch.passwordStored })
    const dropped = await this.secrets.dropRefresh()
    const revoked =
      held === undefined || http === undefined ? undefined : await signOut(http, held.api, held.access).catch(detailOf)
    if (revoked) this.deps.log.warn(`sign-out ${this.id} was not answered: ${revoked.code}`)
    const kept = (await this.deps.keychain.status()).state !== 'unavailable' ? dropped : undefined
    if (this.patch.phase !== 'signed-out') return state
    return kept ? this.put({ phase: 'signed-out', passwordStored: this.patch.passwordStored, error: kept }) : this.state
  }

  /** Goes to the server by its other address. The session goes along only when the very same certificate is shown there. */
  async useAddress(choice: AddressChoice): Promise<SessionState> {
    const record = this.record
    if (choice === record.activeAddress) return this.state
    if (choice === 'second' && record.secondAddress === '')
      throw new FleetError({ code: 'rejected', message: 'This server has no second address' })
    const before = this.link.current?.peer().certificate?.fingerprint256
    const wasIn = this.patch.phase === 'signed-in'
    const { signal } = this.begin()
    const target = { ...record, activeAddress: choice }
    const there = wasIn ? await this.link.probe(target, signal).catch(() => undefined) : undefined
    const same = before !== undefined && there?.certificate?.fingerprint256 === before
    if (!same) this.leave()
    await this.deps.records.patch(this.id, { activeAddress: choice })
    const blocked = this.attempts.blocked(choice)
    if (same) this.put({ ...this.patch })
    else if (blocked?.until) this.put({ phase: 'denied', deniedUntil: blocked.until })
    else this.put({ phase: 'signed-out' })
    return this.state
  }

  /** Gives up the attempt under way, or the requests of a page that was left; jobs, which have signals of their own, go on. */
  cancel(): void {
    const { phase } = this.patch
    this.work?.abort(cancelled())
    this.work = undefined
    if (phase === 'connecting' || phase === 'untrusted' || phase === 'needs-otp') {
      this.challenge = undefined
      this.put({ phase: 'signed-out' })
    }
    this.pages.abort(cancelled())
    this.pages = new AbortController()
  }

  /** The record was changed by hand: credentials reach no host and no account for which they were not meant. */
  async recordChanged(before: ServerRecord, after: ServerRecord): Promise<void> {
    const hosts = (record: ServerRecord): readonly string[] =>
      [record.address, record.secondAddress].filter((url) => URL.canParse(url)).map((url) => new URL(url).hostname)
    const newHost = hosts(after).some((host) => !hosts(before).includes(host))
    const { account = before } = this
    const newAccount = account.username !== after.username || account.domain !== after.domain
    const unremembered = (this.account?.remember ?? before.remember) && !after.remember
    if (newHost || newAccount) {
      this.leave()
      this.put({ phase: 'signed-out', passwordStored: false })
    }
    if (newHost || newAccount || unremembered) await this.secrets.forget()
  }

  /** Ends everything here without a word to the PBX; for a server that was removed. */
  drop(): void {
    this.leave()
  }

  private get record(): ServerRecord {
    return this.deps.records.get(this.id)
  }

  private get address(): AddressChoice {
    return this.record.activeAddress
  }

  private http(): PbxHttp {
    return this.link.to(this.record)
  }

  private begin(): AbortController {
    this.work?.abort(cancelled())
    this.work = new AbortController()
    return this.work
  }

  private leave(): void {
    this.work?.abort(cancelled())
    this.work = undefined
    this.challenge = undefined
    this.account = undefined
    this.tokens.clear()
    this.pages.abort(nobodySignedIn())
    this.pages = new AbortController()
    this.link.close()
  }

  private put(patch: Patch & Pick<SessionState, 'phase'>): SessionState {
    this.patch = { passwordStored: this.patch.passwordStored, ...patch }
    const { state } = this
    this.changed(state)
    return state
  }

  private async connectNow(): Promise<SessionState> {
    const { signal } = this.begin()
    const { username } = this.record
    this.put({ phase: 'connecting', username })
    try {
      const [secrets] = await Promise.all([this.secrets.read(), this.link.probe(this.record, signal)])
      signal.throwIfAborted()
      this.patch = { ...this.patch, passwordStored: secrets.password !== undefined }
      if (await this.resume(this.tokens.current?.refresh ?? secrets.refresh, secrets.password ?? '', signal))
        return this.state
      const { domain, remember } = this.record
      const credentials = { username, domain, password: secrets.password ?? '' }
      const refused = this.attempts.wasRefused(credentials)
      if (secrets.password === undefined || username === '' || refused || this.attempts.isRisky(this.address)) {
        const error = refused ? refusedBefore().detail : secrets.error
        this.put({ phase: 'needs-password', username, ...(error && { error }) })
      } else await this.authenticate(credentials, remember, signal)
    } catch (error) {
      if (!signal.aborted) this.failed(error, 'needs-password', username)
    }
    return this.state
  }

  /** Goes on with a refresh token, once. A spent or lost one is forgotten, and the password's turn comes. */
  private async resume(refresh: string | undefined, password: string, signal: AbortSignal): Promise<boolean> {
    if (refresh === undefined) return false
    const { username, domain, remember } = this.record
    try {
      const { api, tokens } = await renewAnyhow(this.http(), refresh, signal)
      await this.enter(api, tokens, { username, domain, password }, remember, signal, true)
      return true
    } catch (error) {
      if (signal.aborted || endOfSession(error) === undefined) throw error
      this.tokens.clear()
      await this.secrets.dropRefresh()
      if (unreachable.has(codeOf(error))) throw error
      return false
    }
  }

  private async authenticate(credentials: Credentials, remember: boolean, signal: AbortSignal): Promise<void> {
    const http = this.http()
    try {
      const answer = await signIn(http, credentials, signal)
      if (answer.kind === 'tokens') return await this.enter(answer.api, answer.tokens, credentials, remember, signal)
      await sendOtp(http, answer.token, signal)
      this.challenge = { token: answer.token, credentials, remember }
      this.put({ phase: 'needs-otp', username: credentials.username })
    } catch (error) {
      if (codeOf(error) === 'refused') this.attempts.failed(this.address, credentials)
      throw error
    }
  }

  /** The tokens are here: keeps what is to be kept, reads role and version. */
  private async enter(
    api: SignInApi,
    tokens: TokenSet,
    { username, domain, password }: Credentials,
    remember: boolean,
    signal: AbortSignal,
    resumed = false,
  ): Promise<void> {
    signal.throwIfAborted()
    this.tokens.put(api, tokens)
    this.attempts.succeeded(this.address)
    this.challenge = undefined
    this.account = { username, domain, remember }
    const keeping = resumed
      ? remember && tokens.refresh_token !== undefined && this.secrets.keepRefresh(tokens.refresh_token)
      : this.secrets.keep(remember, password, tokens.refresh_token)
    const keychainError = (await keeping) || undefined
    const { record } = this
    if (record.username !== username || record.domain !== domain || record.remember !== remember)
      await this.deps.records.patch(this.id, { username, domain, remember })
    const { role, passwordForceReset } = await whoami(this.http(), api, tokens.access_token, signal)
    const version = await pbxVersion(this.client, role).catch((error: unknown) => {
      if (unreachable.has(codeOf(error)) || error instanceof CertificateError) throw error
      return undefined
    })
    signal.throwIfAborted()
    const passwordStored = remember && password !== '' && keychainError === undefined
    const error = keychainError && { error: keychainError }
    this.put({
      phase: 'signed-in',
      username,
      role,
      passwordForceReset,
      passwordStored,
      ...(version && { version }),
      ...error,
    })
  }

  private async keepRenewed(refresh: string): Promise<void> {
    if (this.account?.remember !== true) return
    const error = await this.secrets.keepRefresh(refresh)
    if (error && this.patch.phase === 'signed-in') this.put({ ...this.patch, error })
  }

  private async call<T>(request: HttpRequest, run: (http: PbxHttp, request: HttpRequest) => Promise<T>): Promise<T> {
    const http = this.link.current
    if (http === undefined || this.tokens.current === undefined) throw nobodySignedIn()
    const signal = request.signal ?? (request.method === 'GET' ? this.pages.signal : undefined)
    try {
      const token = await this.tokens.valid()
      try {
        return await run(http, { ...request, token, signal })
      } catch (error) {
        if (!(error instanceof FleetError) || error.detail.status !== 401) throw error
        return await run(http, { ...request, token: await this.tokens.replace(token), signal })
      }
    } catch (error) {
      if (http === this.link.current && this.patch.phase === 'signed-in') this.noticed(error)
      throw error
    }
  }

  /** What a call met while signed in, where it ends the session for all. */
  private noticed(error: unknown): void {
    if (error instanceof CertificateError || ['signed-out', 'denied'].includes(codeOf(error)))
      this.failed(error, 'needs-password')
  }

  private failed(error: unknown, otherwise: 'needs-password' | 'needs-otp', username = this.patch.username): void {
    const named = username === undefined ? {} : { username }
    const detail = detailOf(error)
    const wasConnecting = this.patch.phase === 'connecting'
    if (error instanceof CertificateError) {
      const { certificate, pinned, problem: certificateProblem } = error
      this.leave()
      this.put({
        phase: 'untrusted',
        ...named,
        certificate,
        certificateProblem,
        ...(pinned && { pinned }),
        error: detail,
      })
    } else if (detail.code === 'denied') {
      this.attempts.block(this.address, detail.until)
      this.leave()
      this.put({ phase: 'denied', ...named, error: detail, ...(detail.until && { deniedUntil: detail.until }) })
    } else if (wasConnecting && unreachable.has(detail.code)) {
      this.put({ phase: 'unreachable', ...named, error: detail })
    } else {
      if (detail.code === 'signed-out') void this.secrets.dropRefresh()
      if (otherwise === 'needs-password') this.leave()
      this.put({ phase: otherwise, ...named, error: detail })
    }
  }
}
