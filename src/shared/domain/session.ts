import { z } from 'zod'
import type { Subject } from '../access/rules'
import type { AppError } from '../ipc/result'
import type { AddressChoice, CertificateView, ServerId } from './server'
import type { ServerFacts } from './server-facts'

/** Response of POST /auth/sign_in, POST /auth/verify_otp, POST /auth/refresh_token and POST /login/oauth/token. */
export const tokenSetSchema = z.looseObject({
  token_type: z.string().optional(),
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
})
export type TokenSet = z.infer<typeof tokenSetSchema>

/** Response of POST /auth/sign_in if a second factor is on; only `token` is used, for send_otp and verify_otp. */
export const otpChallengeSchema = z.looseObject({ two_factor_enabled: z.boolean().nullish(), token: z.string().min(1) })

/** GET /auth/user. Newer servers add domain, role_id, role_name and capabilities. */
export const authUserSchema = z.looseObject({
  role: z.string().nullish(),
  password_verified: z.boolean().nullish(),
  password_force_reset: z.boolean().nullish(),
})

/** The documented client ID of the OAuth form for servers before 22.2. */
export const oauthClientId = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a'

/** What the keychain stores of a server: the password, and the refresh token of the session. */
export const secretKinds = ['password', 'refresh'] as const
export type SecretKind = (typeof secretKinds)[number]

export const sessionPhases = [
  'signed-out',
  'connecting',
  'untrusted',
  'needs-password',
  'needs-otp',
  'signed-in',
  'denied',
  'unreachable',
] as const
export type SessionPhase = (typeof sessionPhases)[number]

/** `old` and `new` credentials of a change without a response. */
export const credentialCandidateSchema = z.enum(['old', 'new'])
export type CredentialCandidate = z.infer<typeof credentialCandidateSchema>

/** One of two usernames or passwords is valid; `refused` are those that the PBX has refused since. */
export interface UnconfirmedCredentials {
  readonly what: 'name' | 'password'
  readonly refused: readonly CredentialCandidate[]
  readonly names: Readonly<Record<CredentialCandidate, string>>
}

/** The PBX made the change; `problem` is set if the keychain or the workspace could not be updated. */
export interface AccountChange {
  readonly problem?: string
}

/**
 * The PBX has not responded since this RFC 3339 time; `error` is that of the last request. `failedAt` is when that
 * request failed, which alone is not published.
 */
export interface Unreachable {
  readonly since: string
  readonly failedAt: string
  readonly error: AppError
}

/**
 * The session with one server; main pushes each change as the event `session:changed`.
 * - `untrusted`: the user must decide about `certificate`; `pinned` is the one trusted before, if it changed.
 * - `needs-otp`: a code was sent to the email address of the account.
 * - `denied`: the PBX blocks this address until `deniedUntil` (RFC 3339; undefined if the PBX did not report it).
 * `failures` counts refused sign-ins for this server and address since the last success; from 3 on, `confirmRisk` is
 * required.
 */
export interface SessionState {
  readonly serverId: ServerId
  readonly phase: SessionPhase
  /** RFC 3339 time at which the phase began; undefined before the first one. */
  readonly since?: string
  readonly address: AddressChoice
  readonly username?: string
  readonly role?: string
  readonly version?: string
  /** From 22.3 on: what the role may do, such as `Trunk.FullAccess`. */
  readonly capabilities?: readonly string[]
  /** The account belongs to a tenant, whatever its role is called. */
  readonly isTenantUser?: true
  /** What a probe showed to be refused to a role that this app does not know. */
  readonly refused?: readonly Subject[]
  /** What a probe showed that such a role may read. */
  readonly readable?: readonly Subject[]
  /**
   * The session was renewed, and the PBX does not report whether it still belongs to the account. Changes are not sent
   * with it.
   */
  readonly isUnverified?: true
  readonly passwordForceReset?: boolean
  readonly passwordStored: boolean
  /** The stored password is in the memory of the app, not in the system keychain. */
  readonly passwordInMemory?: true
  /**
   * What the system keychain should no longer have and could not delete. It is not used, and deleted as soon as the
   * keychain responds.
   */
  readonly undeleted?: readonly SecretKind[]
  readonly unconfirmed?: UnconfirmedCredentials
  readonly certificate?: CertificateView
  readonly pinned?: CertificateView
  readonly certificateProblem?: string
  readonly failures: number
  readonly deniedUntil?: string
  /** RFC 3339 time at which the last code was sent, while one is expected. */
  readonly codeSentAt?: string
  readonly error?: AppError
  /**
   * Set by a request without a response, and cleared by the next response of the PBX; the session may continue
   * meanwhile.
   */
  readonly unreachable?: Unreachable
  /** Limits and expirations from the last status that was read, while signed in. */
  readonly facts?: ServerFacts
  /** RFC 3339 time of the last response, pushed up to every few seconds. */
  readonly lastSeen?: string
  /** RFC 3339 time, often in the past: no request is sent before it, because the PBX requested a pause. */
  readonly waitUntil?: string
}

/** More than five failed sign-ins block our address (default of `web_failed_auth_amount`); the app asks well before. */
export const failuresBeforeAsking = 3

export const signInArgsSchema = z.object({
  serverId: z.uuid(),
  username: z.string().min(1).max(64),
  /** By default the password in the keychain. */
  password: z.string().min(1).max(1024).optional(),
  domain: z.string().max(280),
  remember: z.boolean(),
  /** The user was warned of a lockout and tries anyway. */
  confirmRisk: z.boolean(),
})
export type SignInArgs = z.infer<typeof signInArgsSchema>
