import pMap from 'p-map'
import type { DealerUse } from '@shared/domain/customer'
import { readRows } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import { dealersOfTenant } from '../../portsip/tenants'
import { allTenants } from '../../portsip/trunks'
import { isGone } from '../is-gone'

/** The API has no count for a dealer, so each tenant is read; for more tenants only if the user asks for it. */
const tenantsMax = 100
const concurrency = 4

/** Counts the tenants that belong to a dealer. */
export async function dealerUse(reader: PbxReader, dealerId: string, everything: boolean): Promise<DealerUse> {
  const { rows } = await readRows(allTenants(reader))
  const tenants = rows.length
  if (tenants > tenantsMax && !everything) return { tenants }
  const isOfDealer = async ({ id }: { readonly id: string }): Promise<boolean> => {
    const dealers = await dealersOfTenant(reader, id).catch((error: unknown) => {
      if (isGone(error)) return []
      throw error
    })
    return dealers.some((dealer) => dealer.id === dealerId)
  }
  const found = await pMap(rows, isOfDealer, { concurrency })
  return { tenants, used: found.filter(Boolean).length }
}
