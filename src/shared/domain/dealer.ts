import { z } from 'zod'

/** The three levels of dealers, highest first; each may create only the levels below its own. */
export const dealerLevels = ['DISTRIBUTOR', 'SUB_DISTRIBUTOR', 'RESELLER'] as const

/** A row of GET /dealers, which documents no paging. */
export const dealerSummarySchema = z.looseObject({
  id: z.string().min(1),
  enabled: z.boolean().nullish(),
  level: z.enum(dealerLevels),
  name: z.string().min(1).max(64),
  email: z.string().max(128).nullish(),
  display_name: z.string().max(1024).nullish(),
  website: z.string().nullish(),
  phone: z.string().max(32).nullish(),
  address: z.string().max(128).nullish(),
  description: z.string().nullish(),
  max_tenants: z.int().min(0).nullish(),
  max_extensions: z.int().min(0).nullish(),
  tenant_full_access: z.boolean().nullish(),
})
export type DealerSummary = z.infer<typeof dealerSummarySchema>
