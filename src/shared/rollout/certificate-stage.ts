import type { StepOutcome } from '../domain/plan'
import type { AddressChoice, CertificateView, ServerId } from '../domain/server'

/** A server of a rollout of a certificate, from its plan and the workspace; what it presents is read apart. */
export interface CertificateTarget {
  readonly serverId: ServerId
  readonly server: string
  readonly outcome: StepOutcome
  /** Fingerprints that it presents until its web server restarts: the one installed before, and the pinned one. */
  readonly previous: readonly string[]
  /** Whether this app trusts exactly the new one; undefined if none is pinned. */
  readonly pinned?: boolean
  /** Its addresses; none if it left the workspace. */
  readonly addresses: readonly { readonly choice: AddressChoice; readonly address: string }[]
}

/** What an address of a server presented in a handshake, or why that could not be checked. */
export interface PresentedAt {
  readonly serverId: ServerId
  readonly choice: AddressChoice
  readonly shown?: CertificateView
  readonly problem?: string
}

/** `other`: neither the new nor the previous one. */
export type AddressState = 'notChecked' | 'waiting' | 'presented' | 'other'

export function addressState(
  { previous }: Pick<CertificateTarget, 'previous'>,
  fingerprint256: string,
  presented: Pick<PresentedAt, 'shown'> | undefined,
): AddressState {
  const shown = presented?.shown?.fingerprint256
  if (shown === undefined) return 'notChecked'
  if (shown === fingerprint256) return 'presented'
  return previous.includes(shown) ? 'waiting' : 'other'
}

/**
 * How far a server is once its plan has stored the certificate: the handshakes and the pin decide. `unverified`:
 * nothing is known about what it presents.
 */
export type CertificateStage = 'notStored' | 'unverified' | 'waiting' | 'other' | 'presented' | 'trusted'

/** Whether the server has the certificate, as read back. */
export const isStored = ({ outcome }: Pick<CertificateTarget, 'outcome'>): boolean =>
  outcome === 'done' || outcome === 'alreadyInPlace'

export function certificateStage(
  target: Pick<CertificateTarget, 'outcome' | 'pinned'>,
  states: readonly AddressState[],
): CertificateStage {
  if (!isStored(target)) return 'notStored'
  if (states.includes('other')) return 'other'
  if (states.includes('waiting')) return 'waiting'
  if (target.pinned === true) return 'trusted'
  return states.includes('presented') ? 'presented' : 'unverified'
}

/** Whether the pin can be moved: the new certificate is presented, no other one, and another one is pinned. */
export const canTrust = (stage: CertificateStage, { pinned }: Pick<CertificateTarget, 'pinned'>): boolean =>
  stage === 'presented' && pinned === false

/** Whether nothing is left to be checked: each address presents it. */
export const isSettled = (stage: CertificateStage, states: readonly AddressState[]): boolean =>
  (stage === 'presented' || stage === 'trusted') && states.every((state) => state === 'presented')
