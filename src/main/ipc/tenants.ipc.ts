import type { TenantDealersService } from '../services/tenants/tenant-dealers'
import type { TenantLookService } from '../services/tenants/tenant-look'
import { handle } from './handle'

export interface TenantsIpcDeps {
  readonly dealers: TenantDealersService
  readonly look: TenantLookService
}

/** Handles `tenants:*`. */
export function registerTenantsIpc({ dealers, look }: TenantsIpcDeps): void {
  handle('tenants:dealers', (args) => dealers.list(args))
  handle('tenants:assignDealer', (args) => dealers.assign(args))
  handle('tenants:removeDealer', (args) => dealers.remove(args))
  handle('tenants:lookAs', ({ serverId, id, password }) => look.start(serverId, id, password))
  handle('tenants:lookBack', async ({ serverId }) => {
    await look.back(serverId)
    return null
  })
  handle('tenants:rename', ({ serverId, name, confirmation }) => look.rename(serverId, name, confirmation))
}
