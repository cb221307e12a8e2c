import type { RecordValues } from '../domain/record'
import { plainText } from '../text/plain-text'
import { defineSingle } from './resource'

/** A dealer of a tenant (GET /tenants/{id}/dealers, POST /tenants/{id}/dealers/{dealer_id}). */
export const dealerAssignment = defineSingle({
  id: 'dealer-assignment',
  label: 'Dealer assignments',
  singular: 'dealer assignment',
  path: '/tenants/{id}/dealers/{dealer_id}',
  roles: ['SystemAdmin'],
  fields: [{ kind: 'text', key: 'dealer_id', label: 'Dealer ID' }],
})

/** The dealer of a write that assigns or unassigns one; empty if it does neither. */
export const dealerIdOf = ({
  before,
  changes,
}: {
  readonly before: RecordValues
  readonly changes: RecordValues
}): string => plainText(changes['dealer_id'] ?? before['dealer_id'])
