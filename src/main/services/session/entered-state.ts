import type { SecretKind } from '@shared/domain/session'
import type { StatePatch } from './failure-state'
import type { SignInResult } from './sign-in-flow'

/** The state after a step of signing in, which may require a verification code (`undefined`). */
export const enteredState = (entered: SignInResult | undefined, username: string | undefined): StatePatch =>
  entered === undefined ? { phase: 'needs-otp', ...(username && { username }) } : { phase: 'signed-in', ...entered }

/** The state after a keychain that was unlocked has stored a secret, which it could not store at the sign-in. */
export function storedLateState({ error, ...patch }: StatePatch, kind: SecretKind): StatePatch {
  const stored = kind === 'password' ? { passwordStored: true } : {}
  return { ...patch, ...stored, ...(error && error.code !== 'keychain' && { error }) }
}
