import { authUserSchema } from '@shared/domain/session'
import { tenantStatusSchema, type TenantStatus } from '@shared/domain/tenant-status'
import { tenantDealerSchema, type TenantDealer } from '@shared/domain/tenant-view'
import type { ApiRecord } from '@shared/resources/nested'
import { answerSchema } from '@shared/resources/schema'
import { tenant } from '@shared/resources/tenant'
import { pathPart } from '@shared/resources/path-part'
import { atRolePath } from './auth'
import { readRows } from './incomplete-list'
import { ownId, pageSchema, walk } from './paging'
import type { PbxReader, PbxWriter } from './pbx-client'

/** On some servers, the tenant's own record has no ID. */
const ownTenant = answerSchema({ ...tenant, kind: 'single', identity: [] })

const dealers = async (client: PbxReader, operation: string, path: string): Promise<readonly TenantDealer[]> => {
  const list = { operation, path, schema: pageSchema(tenantDealerSchema), idOf: ownId, unpaged: {} }
  // Dealers that are missing are not offered.
  const { rows } = await readRows(walk(client, list, {}))
  return rows.map(({ id, name, level, display_name, enabled }) => ({
    id,
    name: name ?? '',
    level: level ?? '',
    displayName: display_name ?? '',
    enabled: enabled !== false,
  }))
}

const at = (id: string): string => `/tenants/${pathPart(id)}/dealers`

/** GET /tenants/{id}/dealers. */
export const dealersOfTenant = (client: PbxReader, id: string): Promise<readonly TenantDealer[]> =>
  dealers(client, 'GET /tenants/{id}/dealers', at(id))

/** GET /dealers, which documents no paging: all dealers that this session can see. */
export const allDealers = (client: PbxReader): Promise<readonly TenantDealer[]> =>
  dealers(client, 'GET /dealers', '/dealers')

/** POST /tenants/{id}/dealers/{dealer_id}. */
export const assignDealer = (client: PbxWriter, id: string, dealerId: string): Promise<void> =>
  client.post({
    operation: 'POST /tenants/{id}/dealers/{dealer_id}',
    path: `${at(id)}/${pathPart(dealerId)}`,
  })

/** POST /tenants/{id}/dealers/{dealer_id}/destroy. */
export const removeDealer = (client: PbxWriter, id: string, dealerId: string): Promise<void> =>
  client.post({
    operation: 'POST /tenants/{id}/dealers/{dealer_id}/destroy',
    path: `${at(id)}/${pathPart(dealerId)}/destroy`,
  })

/** POST /tenants/switch: makes the session the tenant's administrator, or without an ID ends that. */
export const switchTenant = (client: PbxWriter, id: string | undefined): Promise<void> =>
  client.post({
    operation: 'POST /tenants/switch',
    path: '/tenants/switch',
    ...(id !== undefined && { query: { id } }),
  })

/** GET /auth/user, or GET /login before 22.2: the current role of the session; empty if the response has none. */
export const roleNow = (client: PbxReader): Promise<string> =>
  atRolePath(
    'auth',
    async (path) => (await client.get({ operation: `GET ${path}`, path, schema: authUserSchema })).role ?? '',
  )

/** GET /tenant: the tenant of the session, which must be a tenant administrator. */
export const showOwnTenant = (client: PbxReader): Promise<ApiRecord> =>
  client.get({ operation: 'GET /tenant', path: '/tenant', schema: ownTenant })

/** POST /tenant with a new name, the only way to rename a tenant. */
export const renameOwnTenant = (client: PbxWriter, name: string): Promise<void> =>
  client.post({ operation: 'POST /tenant', path: '/tenant', body: { name } })

/** GET /tenant/status: version, and the use of the own tenant. */
export const tenantStatus = (client: PbxReader): Promise<TenantStatus> =>
  client.get({ operation: 'GET /tenant/status', path: '/tenant/status', schema: tenantStatusSchema })
