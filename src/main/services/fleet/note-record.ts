import { isTrusted, pinOf } from '@shared/domain/pins'
import type { ServerRecord } from '@shared/domain/server'
import type { FleetFacts } from './facts'

/**
 * Forgets facts that a changed record outdates: all of another address, and a certificate that was read before another
 * one was trusted. A practice server has a new certificate at each start, which is not one that changed unexpectedly.
 */
export function noteRecord(
  facts: Pick<FleetFacts, 'get' | 'note' | 'forget'>,
  before: ServerRecord,
  after: ServerRecord,
): void {
  if (before.address !== after.address) return facts.forget([after.id])
  const isPinned = pinOf(after) !== undefined && pinOf(before)?.fingerprint256 !== pinOf(after)?.fingerprint256
  const { certificate } = facts.get(after.id) ?? {}
  if (isPinned && certificate !== undefined && !isTrusted(after, certificate.fingerprint256))
    facts.note(after.id, {}, ['certificate'])
}
