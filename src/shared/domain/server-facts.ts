import type { DealerStatus } from './dealer'
import type { SystemStatus } from './system-status'
import type { TenantStatus } from './tenant-status'

/** Usage of a limit; either value may be missing in a reply. */
export interface Usage {
  readonly used?: number | undefined
  readonly limit?: number | undefined
}

/** Whose limits a status has: those of the server's license, or those of the dealer or tenant that read it. */
export const limitsOwners = ['server', 'dealer', 'tenant'] as const
export type LimitsOwner = (typeof limitsOwners)[number]

/** Limits and expirations from the last status. `readAt` and `maintenanceExpiresAt` are RFC 3339. */
export interface ServerFacts {
  readonly owner: LimitsOwner
  readonly readAt: string
  readonly users: Usage
  readonly calls: Usage
  readonly tenants: Usage
  readonly maintenanceExpiresAt?: string
}

const usage = (used: unknown, limit: unknown): Usage => ({
  ...(typeof used === 'number' && { used }),
  ...(typeof limit === 'number' && { limit }),
})

/** GET /admin/status: licensed users, calls, and the end of the maintenance. */
export function systemFacts(status: SystemStatus, readAt: string): ServerFacts {
  const { current_users, licensed_users, current_calls, max_concurrent_calls, maintenance_expires_at } = status
  return {
    owner: 'server',
    readAt,
    users: usage(current_users, licensed_users),
    calls: usage(current_calls, max_concurrent_calls),
    tenants: {},
    ...(typeof maintenance_expires_at === 'string' && { maintenanceExpiresAt: maintenance_expires_at }),
  }
}

/** GET /dealer/status: the dealer's users and tenants. */
export const dealerFacts = (status: DealerStatus, readAt: string): ServerFacts => ({
  owner: 'dealer',
  readAt,
  users: usage(status.current_users, status.max_users),
  calls: {},
  tenants: usage(status.current_tenants, status.max_tenants),
})

/** GET /tenant/status: the users of the own tenant. */
export const tenantFacts = (status: TenantStatus, readAt: string): ServerFacts => ({
  owner: 'tenant',
  readAt,
  users: usage(status.current_users, status.licensed_users),
  calls: {},
  tenants: {},
})
