import { mayUse, type Account } from '@shared/access/allowed'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { RowScope } from '@shared/fleet/merged'
import { ownTenant } from '@shared/resources/own-tenant'

/** What is requested for the rows of a resource. */
export type RowSource = MergedId | typeof ownTenant.id

/**
 * How an account reads the rows of a resource: the administrator of a tenant has its own as the only row of `tenants`.
 * Undefined without permission.
 */
export function rowSource(account: Account, resource: MergedId): RowSource | undefined {
  if (mayUse(account, resource, 'read')) return resource
  return resource === 'tenants' && mayUse(account, ownTenant.id, 'read') ? ownTenant.id : undefined
}

/** Which rows of its server an account sees; undefined if it sees all. */
export function rowScope(account: Account, source: RowSource): RowScope | undefined {
  if (source === ownTenant.id) return 'own-tenant'
  return account.role === 'Dealer' ? 'dealer' : undefined
}
