import { z } from 'zod'
import { authUserSchema } from '@shared/domain/session'
import { tenantDealerSchema, type TenantDealer } from '@shared/domain/tenant-view'
import type { ApiRecord } from '@shared/resources/nested'
import { answerSchema } from '@shared/resources/schema'
import { tenant } from '@shared/resources/tenant'
import { checkIds } from './paging'
import type { PbxClient } from './pbx-client'

const dealerRows = z.looseObject({ items: z.array(tenantDealerSchema) })
/** The tenant's own record comes without an id on some servers. */
const ownTenant = answerSchema({ ...tenant, kind: 'single' })

const dealers = async (client: PbxClient, operation: string, path: string): Promise<readonly TenantDealer[]> => {
  const { items } = await client.request({ operation, method: 'GET', path, schema: dealerRows, unpaged: true })
  checkIds(operation, items)
  return items.map(({ id, name, level, display_name, enabled }) => ({
    id,
    name: name ?? '',
    level: level ?? '',
    displayName: display_name ?? '',
    enabled: enabled !== false,
  }))
}

const at = (id: string): string => `/tenants/${encodeURIComponent(id)}/dealers`

/** GET /tenants/{id}/dealers. */
export const dealersOfTenant = (client: PbxClient, id: string): Promise<readonly TenantDealer[]> =>
  dealers(client, 'GET /tenants/{id}/dealers', at(id))

/** GET /dealers, which documents no paging: all that this session sees. */
export const allDealers = (client: PbxClient): Promise<readonly TenantDealer[]> =>
  dealers(client, 'GET /dealers', '/dealers')

/** POST /tenants/{id}/dealers/{dealer_id}. */
export const assignDealer = (client: PbxClient, id: string, dealerId: string): Promise<void> =>
  client.requestNothing({
    operation: 'POST /tenants/{id}/dealers/{dealer_id}',
    method: 'POST',
    path: `${at(id)}/${encodeURIComponent(dealerId)}`,
  })

/** POST /tenants/{id}/dealers/{dealer_id}/destroy. */
export const removeDealer = (client: PbxClient, id: string, dealerId: string): Promise<void> =>
  client.requestNothing({
    operation: 'POST /tenants/{id}/dealers/{dealer_id}/destroy',
    method: 'POST',
    path: `${at(id)}/${encodeURIComponent(dealerId)}/destroy`,
  })

/** POST /tenants/switch: the session is the tenant's administrator from now on, or without an id itself again. */
export const switchTenant = (client: PbxClient, id: string | undefined): Promise<void> =>
  client.requestNothing({
    operation: 'POST /tenants/switch',
    method: 'POST',
    path: '/tenants/switch',
    ...(id !== undefined && { query: { id } }),
  })

/** GET /auth/user: the role that the session has now. */
export const roleNow = async (client: PbxClient): Promise<string> => {
  const { role } = await client.request({
    operation: 'GET /auth/user',
    method: 'GET',
    path: '/auth/user',
    schema: authUserSchema,
  })
  return role
}

/** GET /tenant: the record of the tenant whose administrator the session is. */
export const showOwnTenant = (client: PbxClient): Promise<ApiRecord> =>
  client.request({ operation: 'GET /tenant', method: 'GET', path: '/tenant', schema: ownTenant })

/** POST /tenant with a new name: the one way to rename a tenant. */
export const renameOwnTenant = (client: PbxClient, name: string): Promise<void> =>
  client.requestNothing({ operation: 'POST /tenant', method: 'POST', path: '/tenant', body: { name } })
