import { pinTo } from '@shared/domain/pins'
import type { AddressChoice, CertificateView, ServerId, ServerRecord } from '@shared/domain/server'
import { isRecordAccount } from '@shared/domain/saved-password'
import type { SecretKind, SessionState, SignInArgs } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'
import { cancelled } from '../../portsip/abort'
import { renew, type Credentials } from '../../portsip/auth'
import { askInfo } from '../../portsip/info'
import type { PbxHttp } from '../../portsip/http'
import type { PbxReader } from '../../portsip/pbx-client'
import { realTiming } from '../../portsip/token-bucket'
import { Attempts } from './attempts'
import { Calls } from './calls'
import { CurrentWork } from './current-work'
import { endSession } from './end-session'
import { enteredState, storedLateState } from './entered-state'
import { deniedState, failureState, type StatePatch } from './failure-state'
import { IdentityRefresh } from './identity-refresh'
import { Link } from './link'
import { OwnAccount } from './own-account'
import { withIdentity, type Identity } from './read-identity'
import { recordChange } from './record-change'
import { signInAgain, type SecondSession } from './second-session'
import { ServerSecrets } from './server-secrets'
import { SessionClient } from './session-client'
import type { SessionDeps } from './session-deps'
import { codeOf, detailOf, endsEverything, notSignedIn, riskUnconfirmed, wrongCertificate } from './session-errors'
import { sessionState } from './session-state'
import { SharedRun } from './shared-run'
import { SignInFlow, type SignInResult } from './sign-in-flow'
import { storedSignIn } from './stored-sign-in'
import { TokenKeeper } from './token-keeper'
import { typedSignIn } from './typed-sign-in'
import { WriteAccess } from '../writes/approved'

/**
 * The session with one server: a state machine over trust, sign-in and tokens. A new operation cancels the previous
 * one. Operations throw only what they document; failures of the PBX or the network change the state.
 */
export class ServerSession {
  readonly reader: PbxReader
  readonly access: WriteAccess
  readonly attempts: Attempts
  readonly ownAccount: OwnAccount
  readonly link: Link
  readonly identity: IdentityRefresh
  private readonly secrets: ServerSecrets
  private readonly tokens: TokenKeeper
  private readonly flow: SignInFlow
  private patch: StatePatch & Pick<SessionState, 'passwordStored'> = { phase: 'signed-out', passwordStored: false }
  private readonly work = new CurrentWork()
  private readonly connecting = new SharedRun<SessionState>()
  private isSwitching = false
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
      onRenewed: (refresh) => this.saveRenewed(refresh),
      verify: (api, access) => this.flow.verify(api, access),
      onReplaced: () => this.identity.afterRenewal(),
      now: (deps.timing ?? realTiming).now,
    })
    const { attempts, link, secrets, tokens, http } = this
    const onFailure = (error: unknown) => this.onCallError(error)
    this.calls = new Calls({ tokens, link, requireOwn: (token) => this.flow.requireOwn(token), onFailure })
    const reader = new SessionClient(this.calls)
    this.reader = reader
    this.access = new WriteAccess(reader)
    const now = () => link.timeText()
    const version = () => this.patch.version
    this.flow = new SignInFlow({ id, records: deps.records, secrets, tokens, attempts, http, reader, now, version })
    const apply = (identity: Identity) => this.updateIdentity(identity)
    this.identity = new IdentityRefresh({ flow: this.flow, tokens, apply, onOtherAccount: onFailure })
    this.ownAccount = new OwnAccount({
      reader,
      secrets,
      state: () => this.state,
      account: () => this.flow.account ?? this.record,
      onRenamed: (username) => this.onRenamed(username),
      onChange: (patch) => void this.setState({ ...this.patch, ...patch }),
      identify: async () => this.updateIdentity(await this.flow.identify()),
      tryOnce: (credentials, confirmRisk) => this.tryOnce(credentials, confirmRisk),
    })
  }

  get state(): SessionState {
    const { id, patch, address, attempts, link, flow, tokens, ownAccount, secrets } = this
    return sessionState({ id, patch, address, attempts, link, flow, tokens, ownAccount, secrets })
  }

  /** Checks the certificate, then signs in once with the stored secrets, if allowed. */
  connect(): Promise<SessionState> {
    if (this.patch.phase === 'signed-in') return Promise.resolve(this.state)
    const denied = deniedState(this.attempts, this.address)
    if (denied !== undefined) return Promise.resolve(this.setState(denied))
    return this.connecting.run(() => this.connectNow())
  }

  /** Throws `confirmation-required`, `refused` for a stored password that was refused before, `cancelled`. */
  async signIn(args: SignInArgs): Promise<SessionState> {
    const { record, secrets, attempts, address } = this
    const credentials = await typedSignIn(args, { record, secrets, attempts, address })
    this.tokens.clear()
    const isSaved = args.password === undefined && isRecordAccount(record, args)
    const way = isSaved ? 'withStored' : 'withPassword'
    const step = (signal: AbortSignal) => this.flow[way](credentials, args.remember, signal)
    return this.attempt(step, 'needs-password', args.username)
  }

  /**
   * A second sign-in of the same account; it ends with the connection of this session. Throws `signed-out` if not
   * signed in.
   */
  openSecond(password: string | undefined): Promise<SecondSession> {
    const { account } = this.flow
    if (this.patch.phase !== 'signed-in' || account === undefined) return Promise.reject(notSignedIn())
    const { link, attempts, address, secrets, deps } = this
    const { now } = deps.timing ?? realTiming
    return signInAgain({ link, http: this.http(), attempts, address, secrets, account, now }, password)
  }

  /** Throws `signed-out` if no code is expected, `confirmation-required`, `cancelled`. */
  async verifyOtp(code: string, confirmRisk: boolean): Promise<SessionState> {
    if (this.patch.phase !== 'needs-otp') throw notSignedIn()
    if (this.attempts.isRisky(this.address) && !confirmRisk) throw riskUnconfirmed()
    return this.attempt((signal) => this.flow.withCode(code, signal), 'needs-otp', this.patch.username)
  }

  /** Also after a failure, the state has the time of the last code that may have been sent. */
  async resendOtp(): Promise<SessionState> {
    try {
      await this.flow.resendCode()
    } finally {
      this.setState({ ...this.patch })
    }
    return this.state
  }

  /** Pins the presented certificate and connects. Throws `conflict` if the server now presents another one. */
  async trust(fingerprint256: string): Promise<SessionState> {
    const { certificate } = this.patch
    if (this.patch.phase !== 'untrusted' || certificate?.fingerprint256 !== fingerprint256) throw wrongCertificate()
    await this.deps.records.patch(this.id, pinTo(this.record, certificate))
    return this.connect()
  }

  /** Replaces the pinned certificate after the app installed a new one on the server. The current session continues. */
  async adopt(certificate: CertificateView): Promise<SessionState> {
    await this.patchRecord(pinTo(this.record, certificate))
    if (this.patch.phase !== 'signed-in') return this.connect()
    this.http()
    return this.setState({ ...this.patch })
  }

  /** Updates identity and facts of the session. */
  updateIdentity(identity: Identity): void {
    if (this.patch.phase === 'signed-in') this.setState(withIdentity(this.patch, identity))
  }

  /**
   * The server completed a handshake. One that did not respond to a sign-in has to respond to a request as well, which a
   * proxy in front of a PBX does not. Throws what the request throws.
   */
  async onHandshake(): Promise<void> {
    const { phase } = this.patch
    if (phase === 'unreachable') await askInfo(this.http())
    if (phase !== 'signed-in') this.link.onResponse()
    if (phase === 'unreachable' && this.patch.phase === phase) this.setState({ phase: 'signed-out' })
  }

  /** Revokes the session at the PBX if it can be reached, and deletes its tokens here and in the keychain. */
  async signOut(): Promise<SessionState> {
    const [tokens, http] = [this.tokens.current, this.link.current]
    this.clearSession()
    this.setState({ phase: 'signed-out' })
    const error = await endSession({ log: this.deps.log, id: this.id, secrets: this.secrets, tokens, http })
    return error && this.patch.phase === 'signed-out' ? this.setState({ phase: 'signed-out', error }) : this.state
  }

  /** Switches to the server's other address. The session continues only if the same certificate is presented there. */
  async useAddress(choice: AddressChoice): Promise<SessionState> {
    const { record } = this
    if (choice === record.activeAddress) return this.state
    if (choice === 'second' && record.secondAddress === '')
      throw new FleetError({ code: 'rejected', message: 'This server has no second address' })
    const { signal } = this.work.start()
    const target = { ...record, activeAddress: choice }
    const isSame = this.patch.phase === 'signed-in' && (await this.link.isSameServer(target, signal))
    if (!isSame) this.clearSession()
    await this.patchRecord({ activeAddress: choice })
    if (!isSame) return this.setState(deniedState(this.attempts, choice) ?? { phase: 'signed-out' })
    this.http()
    return this.setState({ ...this.patch })
  }

  /**
   * Cancels the current attempt, or the requests of a page that was left. Jobs continue; they have their own signals.
   */
  cancel(): void {
    const { phase } = this.patch
    this.work.cancel()
    if (phase === 'connecting' || phase === 'untrusted' || phase === 'needs-otp') {
      this.connecting.forget()
      this.flow.reset()
      this.setState({ phase: 'signed-out' })
    }
    this.calls.endPages(cancelled())
  }

  /** The user edited the record. Secrets must not reach a host or account for which they were not entered. */
  async recordChanged(before: ServerRecord, after: ServerRecord): Promise<void> {
    const change = recordChange(before, after, this.flow.account)
    const depends = this.patch.phase === 'signed-in' || this.patch.phase === 'unreachable'
    if (change.isOtherAccount || (change.session && depends && !this.isSwitching)) {
      this.clearSession()
      this.setState({ phase: 'signed-out', passwordStored: this.patch.passwordStored && !change.secrets })
    }
    if (change.secrets) await this.secrets.forget()
  }

  /** What the keychain has of this server changed; `storedLate` is a secret that it stored when it was unlocked. */
  onEntryChanged(storedLate: SecretKind | undefined): void {
    if (storedLate === 'password') this.secrets.storedLate()
    this.setState(storedLate ? storedLateState(this.patch, storedLate) : this.patch)
  }

  /** Ends the session without a request to the PBX, for a server that was removed. */
  readonly drop = (): void => this.clearSession()

  private get record(): ServerRecord {
    return this.deps.records.get(this.id)
  }

  private get address(): AddressChoice {
    return this.record.activeAddress
  }

  private readonly http = (): PbxHttp => this.link.connectTo(this.record)

  /** Changes the record without ending the session. */
  private async patchRecord(patch: Partial<ServerRecord>): Promise<void> {
    this.isSwitching = true
    await this.deps.records.patch(this.id, patch).finally(() => (this.isSwitching = false))
  }

  private clearSession(): void {
    this.work.cancel()
    this.connecting.forget()
    this.flow.reset()
    this.tokens.clear()
    this.calls.endPages(notSignedIn())
    this.link.close()
  }

  private setState(patch: StatePatch): SessionState {
    const since = patch.phase === this.patch.phase ? this.patch.since : this.link.timeText()
    this.patch = { passwordStored: this.patch.passwordStored, ...patch, ...(since && { since }) }
    if (patch.phase === 'signed-out' || patch.phase === 'untrusted') this.link.forgetReach()
    const { state } = this
    this.changed(state)
    return state
  }

  /** Runs one step of signing in. Failures of the PBX or the network change the state. */
  private async attempt(
    step: (signal: AbortSignal) => Promise<SignInResult | undefined>,
    otherwise: 'needs-password' | 'needs-otp',
    username: string | undefined,
  ): Promise<SessionState> {
    const { signal } = this.work.start()
    try {
      const entered = await step(signal)
      if (entered !== undefined) this.ownAccount.settled()
      this.setState(enteredState(entered, username))
    } catch (error) {
      if (signal.aborted) throw cancelled()
      this.onFailure(error, otherwise, username)
    }
    return this.state
  }

  private async connectNow(): Promise<SessionState> {
    const { signal } = this.work.start()
    const { record, attempts, address } = this
    const { username } = record
    this.setState({ phase: 'connecting', username })
    try {
      const secrets = await this.secrets.read()
      const refresh = this.tokens.current?.refresh ?? secrets.refresh
      const unconfirmedError = this.ownAccount.unconfirmed?.reason
      const stored = storedSignIn({ record, secrets, attempts, address, unconfirmedError })
      // A sign-in makes a separate handshake, in which the certificate is checked before anything is sent.
      if (refresh === undefined && 'ask' in stored) await this.link.probe(record, signal)
      signal.throwIfAborted()
      this.patch = { ...this.patch, passwordStored: secrets.password !== undefined }
      const resumed = refresh && (await this.flow.withRefreshToken(refresh, secrets.password ?? '', signal))
      if (resumed) this.setState(enteredState(resumed, username))
      else if ('ask' in stored) this.askPassword(username, stored.ask)
      else
        this.setState(enteredState(await this.flow.withStored(stored.credentials, record.remember, signal), username))
    } catch (error) {
      if (!signal.aborted) this.onFailure(error, 'needs-password', username)
    }
    return this.state
  }

  /** The handshake succeeded and nothing else was sent, so the server is no longer known to be unreachable. */
  private askPassword(username: string, error: AppError | undefined): void {
    this.link.forgetReach()
    this.setState({ phase: 'needs-password', username, ...(error && { error }) })
  }

  /** The account has a new username, so the record is updated too. */
  private async onRenamed(username: string): Promise<void> {
    if (this.flow.account !== undefined) this.flow.account = { ...this.flow.account, username }
    this.flow.owner.renamed(username)
    this.setState({ ...this.patch, username })
    await this.deps.records.patch(this.id, { username })
  }

  private async tryOnce(credentials: Credentials, confirmRisk: boolean): Promise<void> {
    if (this.attempts.isRisky(this.address) && !confirmRisk) throw riskUnconfirmed()
    const { remember } = this.flow.account ?? this.record
    const step = (signal: AbortSignal) => this.flow.withPassword(credentials, remember, signal)
    if (this.patch.phase !== 'signed-in') {
      const { phase, error } = await this.attempt(step, 'needs-password', credentials.username)
      if (phase !== 'signed-in' && phase !== 'needs-otp') throw new FleetError(error ?? notSignedIn().detail)
      return
    }
    const entered = await step(this.work.start().signal).catch((error: unknown) => {
      this.onCallError(error)
      throw error
    })
    this.setState(enteredState(entered, credentials.username))
  }

  private async saveRenewed(refresh: string): Promise<void> {
    const error = this.flow.account?.remember === true ? await this.secrets.saveRefresh(refresh) : undefined
    if (error && this.patch.phase === 'signed-in') this.setState({ ...this.patch, error })
  }

  /** A failed call ends the session if the error affects all calls. */
  private onCallError(error: unknown): void {
    const isSignedIn = this.patch.phase === 'signed-in'
    if (isSignedIn && endsEverything(error)) this.onFailure(error, 'needs-password')
    // Only what the account may do is offered, so a refusal shows that this has changed.
    if (isSignedIn && codeOf(error) === 'forbidden') this.identity.afterRefusal(detailOf(error).operation)
  }

  private onFailure(error: unknown, otherwise: 'needs-password' | 'needs-otp', username = this.patch.username): void {
    const state = failureState(error, otherwise, this.patch.phase === 'connecting')
    if (state.phase === 'denied') this.attempts.block(this.address, state.deniedUntil, state.error?.address)
    if (state.error?.code === 'signed-out') void this.secrets.deleteRefresh()
    if (state.phase === 'unreachable') this.link.onNoResponse(error)
    // While a code is expected or the server is unreachable, the tokens are kept.
    if (state.phase !== 'needs-otp' && state.phase !== 'unreachable') this.clearSession()
    this.setState({ ...(username !== undefined && { username }), ...state })
  }
}
