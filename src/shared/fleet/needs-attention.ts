import type { SessionPhase } from '../domain/session'

const waiting: { readonly [P in SessionPhase]?: string } = {
  untrusted: 'Certificate',
  'needs-password': 'Password',
  'needs-otp': 'Verification code',
}

/** What a person must enter or decide before the server can be signed in to; undefined if nothing. */
export const awaited = (phase: SessionPhase): string | undefined => waiting[phase]
