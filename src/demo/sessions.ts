import { randomBytes, randomInt } from 'node:crypto'
import type { PracticeAccount } from './accounts'
import { loginFailed, notSignedIn } from './api-problem'
import type { Clock } from './clock'

export interface Session {
  readonly account: PracticeAccount
  readonly accessToken: string
  readonly refreshToken: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** The tenant whose administrator the session currently is; undefined while it acts for its own account. */
  tenantId?: string | undefined
}

/** The current role of a session. */
export const roleOf = ({ account, tenantId }: Session): PracticeAccount['role'] =>
  tenantId === undefined ? account.role : 'Admin'

interface Challenge {
  readonly account: PracticeAccount
  code: string | undefined
  /** On the practice clock. */
  codeEndsAt: number
}

const secret = (): string => randomBytes(24).toString('base64url')

/** Access and refresh tokens, cookies, and pending second steps. A refresh token works once. */
export class Sessions {
  private readonly byAccess = new Map<string, Session>()
  private readonly byRefresh = new Map<string, Session>()
  private readonly byCookie = new Map<string, Session>()
  private readonly challenges = new Map<string, Challenge>()
  private order = 0
  private refusedUpTo = 0
  lastCode: string | undefined

  constructor(
    private readonly clock: Clock,
    private readonly seconds: number,
    private readonly codeSeconds: number,
  ) {}

  open(account: PracticeAccount): Session {
    const session: Session = {
      account,
      accessToken: secret(),
      refreshToken: secret(),
      issuedAt: ++this.order,
      expiresAt: this.clock.now() + this.seconds * 1000,
    }
    this.byAccess.set(session.accessToken, session)
    this.byRefresh.set(session.refreshToken, session)
    return session
  }

  openCookie(account: PracticeAccount): string {
    const cookie = secret()
    this.byCookie.set(cookie, this.open(account))
    return cookie
  }

  /**
   * Returns the session of a token or cookie. Throws 401 for one that is unknown, expired, or cut off by
   * `expireIssued`.
   */
  require(accessToken: string | undefined, cookie: string | undefined): Session {
    const session = accessToken === undefined ? this.byCookie.get(cookie ?? '') : this.byAccess.get(accessToken)
    if (session === undefined || session.expiresAt <= this.clock.now() || session.issuedAt <= this.refusedUpTo)
      throw notSignedIn()
    return session
  }

  /** Starts a new session for the same account, or for `account`. */
  refresh(refreshToken: string, account?: PracticeAccount): Session {
    const session = this.byRefresh.get(refreshToken)
    if (session === undefined) throw loginFailed()
    this.close(session)
    return account ? this.open(account) : this.impersonate(this.open(session.account), session.tenantId)
  }

  /** Switches the session to a tenant, or back if undefined. */
  impersonate(session: Session, tenantId: string | undefined): Session {
    session.tenantId = tenantId
    return session
  }

  close(session: Session): void {
    this.byAccess.delete(session.accessToken)
    this.byRefresh.delete(session.refreshToken)
    for (const [cookie, held] of this.byCookie) if (held === session) this.byCookie.delete(cookie)
  }

  /** Ends every session of an account except one. */
  closeOthers(account: PracticeAccount, stays?: Session): void {
    const all = new Set([...this.byAccess.values(), ...this.byRefresh.values()])
    for (const session of all) if (session.account === account && session !== stays) this.close(session)
  }

  closeByToken(token: string): void {
    const session = this.byAccess.get(token) ?? this.byRefresh.get(token)
    if (session !== undefined) this.close(session)
  }

  /** Refuses all access tokens issued so far; refresh tokens remain valid. */
  expireIssued(): void {
    this.refusedUpTo = this.order
  }

  dropAll(): void {
    this.byAccess.clear()
    this.byRefresh.clear()
    this.byCookie.clear()
    this.challenges.clear()
  }

  challenge(account: PracticeAccount): string {
    const token = secret()
    this.challenges.set(token, { account, code: undefined, codeEndsAt: 0 })
    return token
  }

  sendCode(token: string): void {
    const challenge = this.challenges.get(token)
    if (challenge === undefined) throw loginFailed()
    challenge.code = this.lastCode = String(randomInt(1_000_000)).padStart(6, '0')
    challenge.codeEndsAt = this.clock.now() + this.codeSeconds * 1000
  }

  /** The account of a second step; undefined if the token or the code is wrong, or the code has expired. */
  verify(token: string, code: string): PracticeAccount | undefined {
    const challenge = this.challenges.get(token)
    if (challenge?.code === undefined || challenge.code !== code) return undefined
    if (challenge.codeEndsAt <= this.clock.now()) return undefined
    this.challenges.delete(token)
    return challenge.account
  }
}
