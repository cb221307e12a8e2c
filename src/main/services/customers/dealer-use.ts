import pMap from 'p-map'
import type { DealerUse } from '@shared/domain/customer'
import { wholeList } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import { allTenants } from '../../portsip/trunks'
import { hasDealer } from '../tenants/dealer-assignment'

/** The API has no count for a dealer, so each tenant is read; for more tenants only if the user asks for it. */
const tenantsMax = 100
const concurrency = 4

/** Counts the tenants that belong to a dealer. Throws IncompleteListError instead of a count of some of them. */
export async function dealerUse(reader: PbxReader, dealerId: string, everything: boolean): Promise<DealerUse> {
  const rows = await wholeList(allTenants(reader))
  const tenants = rows.length
  if (tenants > tenantsMax && !everything) return { tenants }
  const found = await pMap(rows, ({ id }) => hasDealer(reader, id, dealerId), { concurrency })
  return { tenants, used: found.filter(Boolean).length }
}
