import type { SessionPhase } from '../domain/session'

const waiting: { readonly [P in SessionPhase]?: string } = {
  untrusted: 'Certificate',
  'needs-password': 'Password',
  'needs-otp': 'Verification code',
}

/** Whether a saved password may be tried; in all other phases a person has to act, or the server is signed in. */
export const canTryPassword = (phase: SessionPhase): boolean => phase === 'signed-out' || phase === 'unreachable'

/** What a person must enter or decide before the server can be signed in to; undefined if nothing. */
export const awaited = (phase: SessionPhase): string | undefined => waiting[phase]
