import type { TokenSet } from '@shared/domain/session'
import { FleetError, type ErrorCode } from '@shared/ipc/result'
import type { SignInApi } from '../../portsip/auth'
import { NotSentError } from '../../portsip/connect-error'
import { CertificateError } from '../../portsip/tls-trust'
import { SharedRun } from './shared-run'

interface SessionTokens {
  readonly api: SignInApi
  readonly access: string
  readonly refresh: string | undefined
  /** On the monotonic clock, so that changes of the wall clock have no effect. */
  readonly endsAt: number
  readonly renewAt: number
}

export interface TokenKeeperDeps {
  readonly renew: (api: SignInApi, refreshToken: string) => Promise<TokenSet>
  /** Called with each new refresh token, before the new tokens are used. */
  readonly onRenewed: (refreshToken: string) => Promise<void>
  /** Checks the owner of new tokens before they are used. Throws `signed-out` if they belong to another account. */
  readonly verify: (api: SignInApi, access: string) => Promise<void>
  /** Called once new tokens are in use. */
  readonly onReplaced?: () => void
  readonly now: () => number
}

/** Lifetime if the PBX does not report one: the shorter of the two documented examples. */
const defaultLifeSeconds = 1800
const renewBeforeMs = 60_000

const refusedCodes: ReadonlySet<ErrorCode> = new Set(['refused', 'rejected', 'forbidden', 'not-found', 'signed-out'])
const unknownResultCodes: ReadonlySet<ErrorCode> = new Set([
  'offline',
  'timeout',
  'bad-reply',
  'body-too-large',
  'redirected',
])

export const signedOut = (message: string): FleetError =>
  new FleetError({ code: 'signed-out', message, hint: 'Sign in again.' })

/**
 * Decides whether a failed refresh ended the session. Returns the error to show, or undefined if the refresh token may
 * still work.
 */
export function endOfSession(error: unknown): FleetError | undefined {
  if (!(error instanceof FleetError)) return undefined
  if (refusedCodes.has(error.detail.code)) return signedOut('The PBX ended the session')
  if (error instanceof NotSentError || error instanceof CertificateError) return undefined
  // A refresh token works once. Without a response, it may be used up.
  return unknownResultCodes.has(error.detail.code)
    ? signedOut('The answer of the PBX to the renewal of the session was lost')
    : undefined
}

/**
 * The tokens of one session, in memory. A token is renewed shortly before it expires or after 401, once for all waiting
 * calls. A refused renewal is not repeated.
 */
export class TokenKeeper {
  private tokens: SessionTokens | undefined
  private readonly renewing = new SharedRun<string>()
  /** New tokens whose owner could not be read yet. The previous refresh token is used up. */
  private unverified: TokenSet | undefined

  constructor(private readonly deps: TokenKeeperDeps) {}

  get current(): Pick<SessionTokens, 'api' | 'access' | 'refresh'> | undefined {
    const refresh = this.unverified?.refresh_token
    return this.tokens && { ...this.tokens, ...(refresh !== undefined && { refresh }) }
  }

  saveTokens(api: SignInApi, tokens: TokenSet): void {
    const lifeMs = (tokens.expires_in ?? defaultLifeSeconds) * 1000
    const now = this.deps.now()
    this.unverified = undefined
    this.tokens = {
      api,
      access: tokens.access_token,
      // Without a new refresh token, the old one remains valid.
      refresh: tokens.refresh_token ?? this.tokens?.refresh,
      endsAt: now + lifeMs,
      renewAt: now + lifeMs - Math.min(renewBeforeMs, lifeMs / 5),
    }
  }

  clear(): void {
    this.tokens = undefined
    this.renewing.forget()
    this.unverified = undefined
  }

  /** A valid token, renewed first if it is about to expire. */
  async valid(): Promise<string> {
    const current = this.requireTokens()
    if (this.deps.now() < current.renewAt) return current.access
    try {
      return await this.renew(current)
    } catch (error) {
      const isStillValid = this.tokens === current && this.deps.now() < current.endsAt
      if (isStillValid && endOfSession(error) === undefined && !(error instanceof CertificateError))
        return current.access
      throw error
    }
  }

  /** A token to use after `refused` got 401: one that another call has renewed meanwhile, or a new one. */
  replace(refused: string): Promise<string> {
    const current = this.requireTokens()
    return current.access === refused ? this.renew(current) : this.valid()
  }

  private renew(current: SessionTokens): Promise<string> {
    return this.renewing.run(() => this.fetch(current))
  }

  private async fetch(current: SessionTokens): Promise<string> {
    const tokens = this.unverified ?? (await this.newTokens(current))
    this.unverified = tokens
    try {
      await this.deps.verify(current.api, tokens.access_token)
    } catch (error) {
      if (this.tokens === current && error instanceof FleetError && error.detail.code === 'signed-out') this.clear()
      throw error
    }
    if (this.tokens !== current) throw signedOut('Signed out')
    this.saveTokens(current.api, tokens)
    this.deps.onReplaced?.()
    return tokens.access_token
  }

  private async newTokens(current: SessionTokens): Promise<TokenSet> {
    if (current.refresh === undefined) throw signedOut('The session has ended')
    let tokens: TokenSet
    try {
      tokens = await this.deps.renew(current.api, current.refresh)
    } catch (error) {
      const end = endOfSession(error)
      if (end === undefined) throw error
      if (this.tokens === current) this.tokens = undefined
      throw end
    }
    // Signed out meanwhile: the new tokens must not be used.
    if (this.tokens !== current) throw signedOut('Signed out')
    if (tokens.refresh_token !== undefined) await this.deps.onRenewed(tokens.refresh_token)
    return tokens
  }

  private requireTokens(): SessionTokens {
    if (this.tokens === undefined) throw signedOut('Not signed in to this server')
    return this.tokens
  }
}
