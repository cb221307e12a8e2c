import { versionOf, type RoleStatus } from '../../portsip/admin-status'
import type { AddressChoice, CertificateView, ServerId, ServerRecord } from '@shared/domain/server'
import { dealerFacts, systemFacts, tenantFacts } from '@shared/domain/server-facts'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import type { ServerOverview } from '@shared/domain/system-status'
import type { PbxReader } from '../../portsip/pbx-client'
import { presentedCertificate } from '../../portsip/tls-trust'
import type { WriteAccess } from '../writes/approved'
import type { OwnAccount } from './own-account'
import { Listeners } from '../listeners'
import { ServerSession } from './server-session'
import type { SecondSession } from './second-session'
import type { SessionDeps } from './session-deps'
import { blockedError, notForgotten, notSignedIn } from './session-errors'

/**
 * The sessions with all servers. Methods that return a state belong to the channels `session:*`: failures of the PBX or
 * the network are in the state, and only invalid requests throw. Throws `not-found` for a server that is not in the
 * workspace.
 */
export class SessionService {
  private readonly sessions = new Map<ServerId, ServerSession>()
  private readonly changed = new Listeners<[state: SessionState]>()

  constructor(private readonly deps: SessionDeps) {
    deps.keychain.onEntryChanged((id, storedLate) => this.sessions.get(id)?.onEntryChanged(storedLate))
  }

  state(id: ServerId): SessionState {
    return this.session(id).state
  }

  /** States of the servers that were contacted in this run; all others are signed out. */
  list(): readonly SessionState[] {
    return [...this.sessions.values()].map((session) => session.state)
  }

  /** Reads a server that is signed in; stays valid when tokens are renewed. Throws `signed-out` or `denied`. */
  reader(id: ServerId): PbxReader {
    return this.signedIn(id).reader
  }

  /** For the Writer: access to changing this server. Throws `signed-out` or `denied`. */
  access(id: ServerId): WriteAccess {
    return this.signedIn(id).access
  }

  /** Our public address, which the PBX reported when it blocked us in this run. */
  seenAs(id: ServerId): string | undefined {
    return this.session(id).attempts.seenAs
  }

  connect(id: ServerId): Promise<SessionState> {
    return this.session(id).connect()
  }

  trust(id: ServerId, fingerprint256: string): Promise<SessionState> {
    return this.session(id).trust(fingerprint256)
  }

  signIn(args: SignInArgs): Promise<SessionState> {
    return this.session(args.serverId).signIn(args)
  }

  /** A second session beside the main one; see `signInBeside`. */
  openSecond(id: ServerId, password: string | undefined): Promise<SecondSession> {
    return this.session(id).openSecond(password)
  }

  verifyOtp(id: ServerId, code: string, confirmRisk = false): Promise<SessionState> {
    return this.session(id).verifyOtp(code, confirmRisk)
  }

  resendOtp(id: ServerId): Promise<SessionState> {
    return this.session(id).resendOtp()
  }

  signOut(id: ServerId): Promise<SessionState> {
    return this.session(id).signOut()
  }

  useAddress(id: ServerId, choice: AddressChoice): Promise<SessionState> {
    return this.session(id).useAddress(choice)
  }

  /** Replaces the pinned certificate while the session continues. */
  adopt(id: ServerId, certificate: CertificateView): Promise<SessionState> {
    return this.session(id).adopt(certificate)
  }

  /** Stores version, limits and expirations from a status that a page has read. */
  noteOverview(id: ServerId, { status, dealer, tenant, readAt }: ServerOverview, since?: number): void {
    if (status) void this.noteStatus(id, { ...versionOf(status), facts: systemFacts(status, readAt) }, since)
    else if (dealer) void this.noteStatus(id, { ...versionOf(dealer), facts: dealerFacts(dealer, readAt) }, since)
    else if (tenant) void this.noteStatus(id, { ...versionOf(tenant), facts: tenantFacts(tenant, readAt) }, since)
  }

  /** Number of times that the role was read again in this session, for `since` of `noteStatus`. */
  roleReads(id: ServerId): number {
    return this.session(id).identity.count
  }

  /**
   * Stores version, limits and expirations of a status, and reads the role again unless a renewal did since `roleReads`
   * was `since`. Resolves when the role was read, and never fails.
   */
  noteStatus(id: ServerId, status: RoleStatus | undefined, since = Number.POSITIVE_INFINITY): Promise<void> {
    const session = this.session(id)
    if (status) session.updateIdentity(status)
    return session.identity.runUnless(since, { withoutStatus: true })
  }

  /**
   * Whether the server responds, and the certificate that it presents: that of the open connection, or of a new
   * handshake. Nothing else is sent, and trust is not decided. Throws like `presentedCertificate`.
   */
  async check(id: ServerId): Promise<CertificateView> {
    const session = this.session(id)
    const open = session.state.phase === 'signed-in' ? session.link.current?.peer().certificate : undefined
    if (open !== undefined) return open
    const presented = await this.shownCertificate(id)
    await session.onHandshake()
    return presented
  }

  /** The certificate that the server presents now, trusted or not. Throws like `presentedCertificate`. */
  shownCertificate(id: ServerId): Promise<CertificateView> {
    return this.session(id).link.readCertificate(this.deps.records.get(id))
  }

  /** The same at one of its addresses. */
  async shownAt(id: ServerId, choice: AddressChoice): Promise<CertificateView> {
    const record = this.deps.records.get(id)
    if (choice === record.activeAddress) return this.shownCertificate(id)
    return presentedCertificate(choice === 'first' ? record.address : record.secondAddress)
  }

  /** Username and password of the account that is signed in. */
  ownAccount(id: ServerId): OwnAccount {
    return this.session(id).ownAccount
  }

  cancel(id: ServerId): void {
    this.session(id).cancel()
  }

  /** Stores a password as if the user had signed in with "remember". */
  remember(id: ServerId, password: string): Promise<void> {
    return this.deps.keychain.set(id, 'password', password)
  }

  /** To be called for each changed record, before the window is notified. */
  async recordChanged(before: ServerRecord, after: ServerRecord): Promise<void> {
    await this.session(after.id).recordChanged(before, after)
  }

  /** Ends the sessions of removed servers and deletes their secrets. Fails with `keychain` if some remain. */
  async forget(ids: readonly ServerId[]): Promise<void> {
    for (const id of ids) {
      this.sessions.get(id)?.drop()
      this.sessions.delete(id)
    }
    await this.deps.keychain.forget(ids).catch((error: unknown) => Promise.reject(notForgotten(error)))
  }

  onChange(listener: (state: SessionState) => void): () => void {
    return this.changed.add(listener)
  }

  private signedIn(id: ServerId): ServerSession {
    const session = this.session(id)
    const { phase, deniedUntil } = session.state
    if (phase === 'signed-in') return session
    throw phase === 'denied' ? blockedError(deniedUntil) : notSignedIn()
  }

  private session(id: ServerId): ServerSession {
    this.deps.records.get(id)
    let session = this.sessions.get(id)
    if (session === undefined) {
      session = new ServerSession(id, this.deps, (state) => void this.changed.notify(state))
      this.sessions.set(id, session)
    }
    return session
  }
}
