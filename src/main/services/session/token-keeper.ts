import type { TokenSet } from '@shared/domain/session'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import type { SignInApi } from '../../portsip/auth'
import { NotSentError } from '../../portsip/connect-error'
import { CertificateError } from '../../portsip/tls-trust'

interface Held {
  readonly api: SignInApi
  readonly access: string
  readonly refresh: string | undefined
  /** On the monotonic clock, so that a wrong or corrected wall clock changes nothing. */
  readonly endsAt: number
  readonly renewAt: number
}

export interface TokenKeeperDeps {
  readonly renew: (api: SignInApi, refreshToken: string) => Promise<TokenSet>
  /** Called with each new refresh token, before anything is sent with the new tokens. */
  readonly renewed: (refreshToken: string) => Promise<void>
  /** Reads who the new tokens belong to, before they are used. Throws `signed-out` for those of another account. */
  readonly verify: (api: SignInApi, access: string) => Promise<void>
  readonly now: () => number
}

/** Where the PBX does not say how long a token lives: the shorter of the two documented examples. */
const usualSeconds = 1800
const aheadMs = 60_000

const refusals: ReadonlySet<ErrorCode> = new Set(['refused', 'rejected', 'forbidden', 'not-found', 'signed-out'])
const losses: ReadonlySet<ErrorCode> = new Set(['offline', 'timeout', 'bad-reply', 'body-too-large', 'redirected'])

export const signedOut = (message: string): FleetError =>
  new FleetError({ code: 'signed-out', message, hint: 'Sign in again.' })

/** Of a failed renewal: whether the refresh token is gone with it, and what to tell then. Undefined when it may still be good. */
export function endOfSession(error: unknown): FleetError | undefined {
  if (!(error instanceof FleetError)) return undefined
  if (refusals.has(error.detail.code)) return signedOut('The PBX ended the session')
  if (error instanceof NotSentError || error instanceof CertificateError) return undefined
  // A refresh token works once: with the answer lost, nobody knows whether it still does.
  return losses.has(error.detail.code)
    ? signedOut('The answer of the PBX to the renewal of the session was lost')
    : undefined
}

/**
 * The tokens of one session, in memory. A token is renewed a while before it ends or when the PBX answers 401, once for all calls that wait; a refused
 * renewal is not tried again.
 */
export class TokenKeeper {
  private held: Held | undefined
  private renewing: Promise<string> | undefined
  /** New tokens whose owner could not be read yet. The refresh token before them is spent. */
  private unverified: TokenSet | undefined

  constructor(private readonly deps: TokenKeeperDeps) {}

  get current(): Pick<Held, 'api' | 'access' | 'refresh'> | undefined {
    const refresh = this.unverified?.refresh_token
    return this.held && { ...this.held, ...(refresh !== undefined && { refresh }) }
  }

  put(api: SignInApi, tokens: TokenSet): void {
    const lifeMs = (tokens.expires_in ?? usualSeconds) * 1000
    const now = this.deps.now()
    this.unverified = undefined
    this.held = {
      api,
      access: tokens.access_token,
      // A PBX that gives no new one means that the old one goes on.
      refresh: tokens.refresh_token ?? this.held?.refresh,
      endsAt: now + lifeMs,
      renewAt: now + lifeMs - Math.min(aheadMs, lifeMs / 5),
    }
  }

  clear(): void {
    this.held = undefined
    this.renewing = undefined
    this.unverified = undefined
  }

  /** A token to send with; renewed first where it is about to end. */
  async valid(): Promise<string> {
    const held = this.mustHold()
    if (this.deps.now() < held.renewAt) return held.access
    try {
      return await this.renew(held)
    } catch (error) {
      const stillGood = this.held === held && this.deps.now() < held.endsAt
      if (stillGood && endOfSession(error) === undefined && !(error instanceof CertificateError)) return held.access
      throw error
    }
  }

  /** What to send with after `refused` was answered with 401: the token that another call got meanwhile, or a new one. */
  replace(refused: string): Promise<string> {
    const held = this.mustHold()
    return held.access === refused ? this.renew(held) : this.valid()
  }

  private renew(held: Held): Promise<string> {
    if (this.renewing !== undefined) return this.renewing
    const renewing = this.fetch(held).finally(() => {
      if (this.renewing === renewing) this.renewing = undefined
    })
    this.renewing = renewing
    return renewing
  }

  private async fetch(held: Held): Promise<string> {
    const tokens = this.unverified ?? (await this.newTokens(held))
    this.unverified = tokens
    try {
      await this.deps.verify(held.api, tokens.access_token)
    } catch (error) {
      if (this.held === held && error instanceof FleetError && error.detail.code === 'signed-out') this.clear()
      throw error
    }
    if (this.held !== held) throw signedOut('Signed out')
    this.put(held.api, tokens)
    return tokens.access_token
  }

  private async newTokens(held: Held): Promise<TokenSet> {
    if (held.refresh === undefined) throw signedOut('The session has ended')
    let tokens: TokenSet
    try {
      tokens = await this.deps.renew(held.api, held.refresh)
    } catch (error) {
      const end = endOfSession(error)
      if (end === undefined) throw error
      if (this.held === held) this.held = undefined
      throw end
    }
    // Signed out meanwhile: the new tokens belong to nobody.
    if (this.held !== held) throw signedOut('Signed out')
    if (tokens.refresh_token !== undefined) await this.deps.renewed(tokens.refresh_token)
    return tokens
  }

  private mustHold(): Held {
    if (this.held === undefined) throw signedOut('Not signed in to this server')
    return this.held
  }
}
