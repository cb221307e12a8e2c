import { z } from 'zod'
import type { AppError } from '../ipc/result'
import type { AddressChoice, CertificateView, ServerId } from './server'
import type { ServerFacts } from './server-facts'

/** POST /auth/sign_in, POST /auth/verify_otp, POST /auth/refresh_token and POST /login/oauth/token answer this. */
export const tokenSetSchema = z.looseObject({
  token_type: z.string().optional(),
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
})
export type TokenSet = z.infer<typeof tokenSetSchema>

/** POST /auth/sign_in answers this instead where a second factor is on; `token`, the only field that counts, goes to send_otp and verify_otp. */
export const otpChallengeSchema = z.looseObject({ two_factor_enabled: z.boolean().nullish(), token: z.string().min(1) })

/** GET /auth/user. Newer servers add domain, role_id, role_name and capabilities. */
export const authUserSchema = z.looseObject({
  role: z.string().nullish(),
  password_verified: z.boolean().nullish(),
  password_force_reset: z.boolean().nullish(),
})

/** The documented client id of the OAuth form that servers before 22.2 speak. */
export const oauthClientId = '9d806019-75b2-4b3d-bb8b-f5a3a412cc0a'

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

/** `old` and `new` credentials of a change whose answer was lost. */
export const doubtSideSchema = z.enum(['old', 'new'])
export type DoubtSide = z.infer<typeof doubtSideSchema>

/** One of two names or passwords is valid; `refused` are those that the PBX rejected since. */
export interface CredentialDoubt {
  readonly what: 'name' | 'password'
  readonly refused: readonly DoubtSide[]
  readonly names: Readonly<Record<DoubtSide, string>>
}

/** The PBX made the change; `problem` is about a keychain or a workspace that did not follow. */
export interface AccountChange {
  readonly problem?: string
}

/** Nothing of the PBX answers since this RFC 3339 time; `error` is how the last request ended. */
export interface Unreachable {
  readonly since: string
  readonly error: AppError
}

/**
 * Where the session with one server stands; main owns it and pushes each change as the event `session:changed`.
 * - `untrusted`: `certificate` waits for a person's answer; `pinned` is the one accepted before, if it changed.
 * - `needs-otp`: a code was sent to the account's e-mail address.
 * - `denied`: the PBX blocks this address until `deniedUntil` (RFC 3339; absent where the PBX did not say).
 * `failures` counts refused sign-ins for this server and address since the last success; from 3 on a try needs `confirmRisk`.
 */
export interface SessionState {
  readonly serverId: ServerId
  readonly phase: SessionPhase
  readonly address: AddressChoice
  readonly username?: string
  readonly role?: string
  readonly version?: string
  readonly passwordForceReset?: boolean
  readonly passwordStored: boolean
  readonly doubt?: CredentialDoubt
  readonly certificate?: CertificateView
  readonly pinned?: CertificateView
  readonly certificateProblem?: string
  readonly failures: number
  readonly deniedUntil?: string
  readonly error?: AppError
  /** Set by the first request of any kind that nothing answers, unset by the next that the PBX answers; the session may go on meanwhile. */
  readonly unreachable?: Unreachable
  /** Limits and ends from the last status that was read, while somebody is signed in. */
  readonly facts?: ServerFacts
  /** RFC 3339 time of the last answer from this server, pushed every few seconds at most. */
  readonly lastSeen?: string
  /** RFC 3339 time, often past: until then nothing goes to this server, as it asked for. */
  readonly waitUntil?: string
}

/** More than five failed sign-ins block the caller's address (default of `web_failed_auth_amount`); the app asks well before. */
export const failuresBeforeAsking = 3

export const signInArgsSchema = z.object({
  serverId: z.uuid(),
  username: z.string().min(1).max(64),
  /** Absent: the password in the keychain. */
  password: z.string().min(1).max(1024).optional(),
  domain: z.string().max(280),
  remember: z.boolean(),
  /** The person has seen what a lock-out means, and tries anyway. */
  confirmRisk: z.boolean(),
})
export type SignInArgs = z.infer<typeof signInArgsSchema>
