import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { isOwnTenantRow, ownTenantRowId } from '@shared/fleet/merged-row'
import { exportedOf } from '@shared/resources/exported'

/** The pages of single resources that share one. */
const pages: { readonly [resource in MergedId]?: string } = { sbc: 'sbc-im', im: 'sbc-im' }

const ownTenantRoute = (serverId: ServerId) => ({ name: ownTenantRowId, params: { serverId }, query: {} })

/** The list of a server with the row of a record, which opens from there; `search` narrows the list. */
export const rowRoute = (resource: MergedId, serverId: ServerId, recordId: string, search?: string) =>
  isOwnTenantRow(resource, recordId)
    ? ownTenantRoute(serverId)
    : {
        name: pages[resource] ?? resource,
        params: { serverId },
        query: { show: recordId, ...(search !== undefined && { search }) },
      }

/** The page on which a record can be changed; a record of a list is opened there. */
export function recordRoute(resource: MergedId, serverId: ServerId, recordId: string) {
  if (isOwnTenantRow(resource, recordId)) return ownTenantRoute(serverId)
  const key = resource === 'trunk-assignments' ? 'assignment' : 'open'
  return {
    name: pages[resource] ?? resource,
    params: { serverId },
    query: exportedOf(resource).single ? {} : { [key]: recordId },
  }
}
