import type { SessionState } from '@shared/domain/session'
import type { FleetFacts } from './facts'

/** Stores the facts that come with a session: what was read at the sign-in, or the certificate that is not trusted. */
export function noteState(facts: Pick<FleetFacts, 'note'>, state: SessionState): void {
  const { serverId, role, version, facts: limits, lastSeen, phase, since, certificate } = state
  const { validTo, fingerprint256 } = certificate ?? {}
  const isPresented = phase === 'untrusted' && validTo !== undefined && fingerprint256 !== undefined
  facts.note(serverId, {
    role,
    version,
    limits,
    lastResponse: lastSeen,
    ...(isPresented && since && { certificate: { readAt: since, validTo, fingerprint256 } }),
  })
}
