import type { TenantDealersService } from '../services/tenants/tenant-dealers'
import type { ImpersonationService } from '../services/tenants/impersonation'
import { handle } from './handle'

export interface TenantsIpcDeps {
  readonly dealers: TenantDealersService
  readonly impersonation: ImpersonationService
}

/** Handles `tenants:*`. */
export function registerTenantsIpc({ dealers, impersonation }: TenantsIpcDeps): void {
  handle('tenants:dealers', (args) => dealers.list(args))
  handle('tenants:assignDealer', (args) => dealers.assign(args))
  handle('tenants:removeDealer', (args) => dealers.remove(args))
  handle('tenants:startImpersonation', ({ serverId, id, password }) => impersonation.start(serverId, id, password))
  handle('tenants:endImpersonation', async ({ serverId }) => {
    await impersonation.back(serverId)
    return null
  })
  handle('tenants:rename', ({ serverId, name, confirmation }) => impersonation.rename(serverId, name, confirmation))
}
