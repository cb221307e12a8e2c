import { z } from 'zod'
import type { PbxRecord } from './record'

/** GET /tenants/{id}/dealers: a dealer that a tenant belongs to. Dealers to choose from are read the same way. */
export const tenantDealerSchema = z.looseObject({
  id: z.string().min(1),
  enabled: z.boolean().nullish(),
  level: z.string().nullish(),
  name: z.string().nullish(),
  display_name: z.string().nullish(),
})
export interface TenantDealer {
  readonly id: string
  readonly name: string
  readonly level: string
  readonly displayName: string
  readonly enabled: boolean
}

/** The dealers that a tenant belongs to, and the others that this session sees. */
export interface TenantDealers {
  readonly assigned: readonly TenantDealer[]
  readonly others: readonly TenantDealer[]
}

/** What the PBX returns to a session that looks as a tenant's administrator: its role, and the tenant's own record without secrets. */
export interface TenantLook {
  readonly role: string
  readonly tenant: PbxRecord
}
