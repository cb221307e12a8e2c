import { allowed } from '@shared/access/allowed'
import type { SessionState } from '@shared/domain/session'
import type { StoredFacts } from '@shared/fleet/facts'
import type { FactsPart, FleetFacts } from './facts'

/**
 * What another account has read and the one that is signed in cannot read. Limits of a dealer or tenant are known
 * to its session alone; those of the server stay for a system administrator, with the time at which they were read.
 */
function notOfAccount(state: SessionState, known: StoredFacts | undefined): readonly FactsPart[] {
  const { phase, role, facts } = state
  if (phase !== 'signed-in') return []
  const areLimitsReadable = facts !== undefined || (role === 'SystemAdmin' && known?.limits?.owner === 'server')
  const parts: readonly (FactsPart | false)[] = [
    role === undefined && 'role',
    !areLimitsReadable && 'limits',
    allowed(state, 'ip-rules', 'read') === 'no' && 'expiringRules',
  ]
  return parts.filter((part) => part !== false)
}

/** Stores the facts that come with a session: what was read at the sign-in, or the certificate that is not trusted. */
export function noteState(facts: Pick<FleetFacts, 'get' | 'note'>, state: SessionState): void {
  const { serverId, role, version, facts: limits, lastSeen, phase, since, certificate } = state
  const { validTo, fingerprint256 } = certificate ?? {}
  const isPresented = phase === 'untrusted' && validTo !== undefined && fingerprint256 !== undefined
  const patch = {
    role,
    version,
    limits,
    lastResponse: lastSeen,
    ...(isPresented && since && { certificate: { readAt: since, validTo, fingerprint256 } }),
  }
  facts.note(serverId, patch, notOfAccount(state, facts.get(serverId)))
}
