import { z } from 'zod'
import type { PbxRecord } from './record'

/** GET /tenants/{id}/dealers and GET /dealers: a dealer. */
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

/** The dealers assigned to a tenant, and the others that this session can see. */
export interface TenantDealers {
  readonly assigned: readonly TenantDealer[]
  readonly others: readonly TenantDealer[]
}

/** The role of a session that views as tenant administrator, and the tenant's record without secrets. */
export interface ImpersonatedTenant {
  readonly role: string
  readonly tenant: PbxRecord
}
