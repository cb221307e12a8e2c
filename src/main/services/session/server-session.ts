import type { AddressChoice, CertificateView, ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'
import { cancelled } from '../../portsip/abort'
import { renew, type Credentials } from '../../portsip/auth'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import { realTiming } from '../../portsip/token-bucket'
import { Attempts } from './attempts'
import { Calls } from './calls'
import { endSession } from './end-session'
import { failureState, type StatePatch } from './failure-state'
import { Link } from './link'
import { OwnAccount } from './own-account'
import { recordChange } from './record-change'
import { signInBeside, type SecondSession } from './second-session'
import { ServerSecrets } from './server-secrets'
import { SessionClient } from './session-client'
import type { SessionDeps } from './session-deps'
import { endsEverything, nobodySignedIn, riskUnconfirmed, wrongCertificate } from './session-errors'
import { sessionState } from './session-state'
import { SignInFlow, type Entered, type Identity } from './sign-in-flow'
import { storedSignIn } from './stored-sign-in'
import { TokenKeeper } from './token-keeper'
import { typedSignIn } from './typed-sign-in'
import { WriteAccess } from '../writes/approved'

/**
 * The session with one server: a state machine over trust, sign-in and the tokens. A new piece of work ends the one before. What an operation of a person
 * may throw is said by it; what the PBX or the network did ends up in the state.
 */
export class ServerSession {
  readonly reader: PbxReader
  readonly access: WriteAccess
  readonly attempts: Attempts
  readonly ownAccount: OwnAccount
  readonly link: Link
  private readonly secrets: ServerSecrets
  private readonly tokens: TokenKeeper
  private readonly flow: SignInFlow
  private patch: StatePatch & Pick<SessionState, 'passwordStored'> = { phase: 'signed-out', passwordStored: false }
  private work: AbortController | undefined
  private connecting: Promise<SessionState> | undefined
  private moving = false
  private readonly calls: Calls

  constructor(
    private readonly id: ServerId,
    private readonly deps: SessionDeps,
    private readonly changed: (state: SessionState) => void,
  ) {
    this.attempts = new Attempts(deps.wallClock ?? Date.now)
    this.link = new Link(id, deps, () => this.changed(this.state))
    this.secrets = new ServerSecrets(id, deps.keychain)
    this.tokens = new TokenKeeper({
      renew: (api, refresh) => renew(this.http(), api, refresh),
      renewed: (refresh) => this.keepRenewed(refresh),
      verify: (api, access) => this.flow.verify(api, access),
      now: (deps.timing ?? realTiming).now,
    })
    const { attempts, link, secrets, tokens } = this
    this.calls = new Calls({ tokens, link, failed: (error) => this.noticed(error) })
    const reader = new SessionClient(this.calls)
    this.reader = reader
    this.access = new WriteAccess(reader)
    const http = () => this.http()
    const now = () => link.stamp()
    this.flow = new SignInFlow({ id, records: deps.records, secrets, tokens, attempts, http, reader, now })
    this.ownAccount = new OwnAccount({
      reader,
      secrets,
      state: () => this.state,
      account: () => this.flow.account ?? this.record,
      renamed: (username) => this.renamed(username),
      changed: (patch) => void this.put({ ...this.patch, ...patch }),
      identify: async () => this.learned(await this.flow.identify()),
      tryOnce: (credentials, confirmRisk) => this.tryOnce(credentials, confirmRisk),
    })
  }

  get state(): SessionState {
    const { id, patch, address, attempts, link } = this
    return sessionState({ id, patch, address, failures: attempts.count(address), link, doubt: this.ownAccount.inDoubt })
  }

  /** Looks at the certificate, then signs in once with what the keychain holds, if it may. */
  connect(): Promise<SessionState> {
    if (this.patch.phase === 'signed-in') return Promise.resolve(this.state)
    const blocked = this.attempts.blocked(this.address)
    if (blocked?.until !== undefined) return Promise.resolve(this.put({ phase: 'denied', deniedUntil: blocked.until }))
    if (this.connecting !== undefined) return this.connecting
    const connecting = this.connectNow().finally(() => {
      if (this.connecting === connecting) this.connecting = undefined
    })
    this.connecting = connecting
    return connecting
  }

  /** Throws `confirmation-required`, `refused` for a stored password that was refused before, `cancelled`. */
  async signIn(args: SignInArgs): Promise<SessionState> {
    const { secrets, attempts, address } = this
    const credentials = await typedSignIn(args, { secrets, attempts, address })
    this.tokens.clear()
    const step = (signal: AbortSignal) => this.flow.withPassword(credentials, args.remember, signal)
    return this.attempt(step, 'needs-password', args.username)
  }

  /** A second sign-in of the same account, which ends with this one's connection. Throws `signed-out` where nobody is signed in. */
  beside(password: string | undefined): Promise<SecondSession> {
    const { account } = this.flow
    if (this.patch.phase !== 'signed-in' || account === undefined) return Promise.reject(nobodySignedIn())
    const { link, attempts, address, secrets, deps } = this
    const { now } = deps.timing ?? realTiming
    return signInBeside({ link, http: this.http(), attempts, address, secrets, account, now }, password)
  }

  /** Throws `signed-out` when no code is waited for, `cancelled`. */
  async verifyOtp(code: string): Promise<SessionState> {
    if (this.patch.phase !== 'needs-otp') throw nobodySignedIn()
    return this.attempt((signal) => this.flow.withCode(code, signal), 'needs-otp', this.patch.username)
  }

  resendOtp(): Promise<void> {
    return this.flow.resendCode()
  }

  /** Keeps the shown certificate as the one to be trusted, and connects. Throws `conflict` when another one is shown by now. */
  async trust(fingerprint256: string): Promise<SessionState> {
    const { certificate } = this.patch
    if (this.patch.phase !== 'untrusted' || certificate?.fingerprint256 !== fingerprint256) throw wrongCertificate()
    await this.deps.records.patch(this.id, { pin: certificate })
    return this.connect()
  }

  /** Takes a certificate in place of the pinned one: the person put it onto the server through this app. A session that stands goes on. */
  async adopt(certificate: CertificateView): Promise<SessionState> {
    this.moving = true
    await this.deps.records.patch(this.id, { pin: certificate }).finally(() => (this.moving = false))
    if (this.patch.phase !== 'signed-in') return this.connect()
    this.http()
    return this.put({ ...this.patch })
  }

  /** What was read about the session since the sign-in takes the place of what was known. */
  learned(identity: Identity): void {
    if (this.patch.phase === 'signed-in') this.put({ ...this.patch, ...identity })
  }

  /** Revokes the session at the PBX, as far as it can be reached, and forgets its tokens here and in the keychain. */
  async signOut(): Promise<SessionState> {
    const held = this.tokens.current
    const http = this.link.current
    this.leave()
    this.put({ phase: 'signed-out', passwordStored: this.patch.passwordStored })
    const { id, secrets } = this
    const { keychain, log } = this.deps
    const error = await endSession({ id, secrets, held, http, keychain, log })
    if (error === undefined || this.patch.phase !== 'signed-out') return this.state
    return this.put({ phase: 'signed-out', passwordStored: this.patch.passwordStored, error })
  }

  /** Goes to the server by its other address. The session goes along only when the very same certificate is shown there. */
  async useAddress(choice: AddressChoice): Promise<SessionState> {
    const record = this.record
    if (choice === record.activeAddress) return this.state
    if (choice === 'second' && record.secondAddress === '')
      throw new FleetError({ code: 'rejected', message: 'This server has no second address' })
    const { signal } = this.begin()
    const there = { ...record, activeAddress: choice }
    const same = this.patch.phase === 'signed-in' && (await this.link.isSameServer(there, signal))
    if (!same) this.leave()
    this.moving = true
    await this.deps.records.patch(this.id, { activeAddress: choice }).finally(() => (this.moving = false))
    const blocked = this.attempts.blocked(choice)
    if (same) this.http()
    if (same) return this.put({ ...this.patch })
    return this.put(blocked?.until ? { phase: 'denied', deniedUntil: blocked.until } : { phase: 'signed-out' })
  }

  /** Gives up the attempt under way, or the requests of a page that was left; jobs, which have signals of their own, go on. */
  cancel(): void {
    const { phase } = this.patch
    this.work?.abort(cancelled())
    this.work = undefined
    if (phase === 'connecting' || phase === 'untrusted' || phase === 'needs-otp') {
      this.connecting = undefined
      this.flow.reset()
      this.put({ phase: 'signed-out' })
    }
    this.calls.endPages(cancelled())
  }

  /** The record was changed by hand: credentials reach no host and no account for which they were not meant. */
  async recordChanged(before: ServerRecord, after: ServerRecord): Promise<void> {
    const change = recordChange(before, after, this.flow.account)
    const depends = this.patch.phase === 'signed-in' || this.patch.phase === 'unreachable'
    if (change.stranger || (change.session && depends && !this.moving)) {
      this.leave()
      this.put({ phase: 'signed-out', passwordStored: this.patch.passwordStored && !change.secrets })
    }
    if (change.secrets) await this.secrets.forget()
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
    this.connecting = undefined
    this.flow.reset()
    this.tokens.clear()
    this.calls.endPages(nobodySignedIn())
    this.link.close()
  }

  private put(patch: StatePatch): SessionState {
    this.patch = { passwordStored: this.patch.passwordStored, ...patch }
    if (patch.phase === 'signed-out' || patch.phase === 'untrusted') this.link.forgetReach()
    const { state } = this
    this.changed(state)
    return state
  }

  /** Runs one step of signing in; what the PBX or the network did to it ends up in the state. */
  private async attempt(
    step: (signal: AbortSignal) => Promise<Entered | undefined>,
    otherwise: 'needs-password' | 'needs-otp',
    username: string | undefined,
  ): Promise<SessionState> {
    const { signal } = this.begin()
    try {
      const entered = await step(signal)
      if (entered !== undefined) this.ownAccount.settled()
      this.arrived(entered, username)
    } catch (error) {
      if (signal.aborted) throw cancelled()
      // From here on the risk must be confirmed, which the form for the password does.
      this.failed(error, this.attempts.isRisky(this.address) ? 'needs-password' : otherwise, username)
    }
    return this.state
  }

  private arrived(entered: Entered | undefined, username: string | undefined): void {
    if (entered === undefined) this.put({ phase: 'needs-otp', ...(username && { username }) })
    else this.put({ phase: 'signed-in', ...entered })
  }

  private async connectNow(): Promise<SessionState> {
    const { signal } = this.begin()
    const { username } = this.record
    this.put({ phase: 'connecting', username })
    try {
      const [secrets] = await Promise.all([this.secrets.read(), this.link.probe(this.record, signal)])
      signal.throwIfAborted()
      this.patch = { ...this.patch, passwordStored: secrets.password !== undefined }
      const refresh = this.tokens.current?.refresh ?? secrets.refresh
      const resumed = refresh && (await this.flow.withRefreshToken(refresh, secrets.password ?? '', signal))
      const { record, attempts, address } = this
      const stored = storedSignIn({ record, secrets, attempts, address, doubt: this.ownAccount.inDoubt?.reason })
      if (resumed) this.arrived(resumed, username)
      else if ('ask' in stored) this.askPassword(username, stored.ask)
      else this.arrived(await this.flow.withPassword(stored.credentials, record.remember, signal), username)
    } catch (error) {
      if (!signal.aborted) this.failed(error, 'needs-password', username)
    }
    return this.state
  }

  /** The handshake succeeded and nothing else was sent, so nothing speaks for an unreachable server any more. */
  private askPassword(username: string, error: AppError | undefined): void {
    this.link.forgetReach()
    this.put({ phase: 'needs-password', username, ...(error && { error }) })
  }

  /** The account that is signed in has another name now: the record follows, and is nobody else's for that. */
  private async renamed(username: string): Promise<void> {
    if (this.flow.account !== undefined) this.flow.account = { ...this.flow.account, username }
    this.put({ ...this.patch, username })
    await this.deps.records.patch(this.id, { username })
  }

  private async tryOnce(credentials: Credentials, confirmRisk: boolean): Promise<void> {
    if (this.attempts.isRisky(this.address) && !confirmRisk) throw riskUnconfirmed()
    const { remember } = this.flow.account ?? this.record
    const step = (signal: AbortSignal) => this.flow.withPassword(credentials, remember, signal)
    if (this.patch.phase !== 'signed-in') {
      const { phase, error } = await this.attempt(step, 'needs-password', credentials.username)
      if (phase !== 'signed-in' && phase !== 'needs-otp') throw new FleetError(error ?? nobodySignedIn().detail)
      return
    }
    const entered = await step(this.begin().signal).catch((error: unknown) => {
      this.noticed(error)
      throw error
    })
    this.arrived(entered, credentials.username)
  }

  private async keepRenewed(refresh: string): Promise<void> {
    if (this.flow.account?.remember !== true) return
    const error = await this.secrets.keepRefresh(refresh)
    if (error && this.patch.phase === 'signed-in') this.put({ ...this.patch, error })
  }

  /** What a call met while signed in, where it ends the session for all. */
  private noticed(error: unknown): void {
    if (this.patch.phase === 'signed-in' && endsEverything(error)) this.failed(error, 'needs-password')
  }

  private failed(error: unknown, otherwise: 'needs-password' | 'needs-otp', username = this.patch.username): void {
    const state = failureState(error, otherwise, this.patch.phase === 'connecting')
    if (state.phase === 'denied') this.attempts.block(this.address, state.deniedUntil, state.error?.address)
    if (state.error?.code === 'signed-out') void this.secrets.dropRefresh()
    if (state.phase === 'unreachable') this.link.unanswered(error)
    // A code that is waited for, and a server that may come back, keep what they have.
    if (state.phase !== 'needs-otp' && state.phase !== 'unreachable') this.leave()
    this.put({ ...(username !== undefined && { username }), ...state })
  }
}
