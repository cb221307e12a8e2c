import type { AddressChoice } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { CertificateError } from '../../portsip/tls-trust'
import type { Attempts } from './attempts'
import { detailOf, isUnreachable } from './session-errors'

export type StatePatch = {
  readonly [
    K in Exclude<keyof SessionState, 'serverId' | 'address' | 'failures' | 'codeSentAt' | 'undeleted'>
  ]?: SessionState[K]
} & Pick<SessionState, 'phase'>

/** The state while the PBX blocks this address until a known time; undefined if it does not. */
export function deniedState(attempts: Attempts, address: AddressChoice): StatePatch | undefined {
  const until = attempts.blocked(address)?.until
  return until === undefined ? undefined : { phase: 'denied', deniedUntil: until }
}

/** The state of a session after a failure. `otherwise` is the phase if the failure has none. */
export function failureState(
  error: unknown,
  otherwise: 'needs-password' | 'needs-otp',
  connecting: boolean,
): StatePatch {
  const detail = detailOf(error)
  if (error instanceof CertificateError) {
    const { certificate, pinned, problem: certificateProblem } = error
    return { phase: 'untrusted', certificate, certificateProblem, ...(pinned && { pinned }), error: detail }
  }
  if (detail.code === 'denied')
    return { phase: 'denied', error: detail, ...(detail.until && { deniedUntil: detail.until }) }
  return { phase: connecting && isUnreachable(error) ? 'unreachable' : otherwise, error: detail }
}
