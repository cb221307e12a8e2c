import type { PbxReader } from '../../portsip/pbx-client'
import { dealersOfTenant } from '../../portsip/tenants'
import { isGone } from '../is-gone'

/** How journal and plans name an assignment. */
export const dealerAssignmentText = (dealer: string, tenant: string): string =>
  `assignment of dealer ${dealer} to tenant ${tenant}`

/** Whether a tenant belongs to a dealer; one that is gone belongs to none. */
export async function hasDealer(reader: PbxReader, tenantId: string, dealerId: string): Promise<boolean> {
  const assigned = await dealersOfTenant(reader, tenantId).catch((error: unknown) => {
    if (isGone(error)) return []
    throw error
  })
  return assigned.some(({ id }) => id === dealerId)
}
