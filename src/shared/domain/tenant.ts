import { z } from 'zod'

/** A row of GET /tenants: the summary, not the whole tenant. `domain` is the SIP domain, at most 280 characters. */
export const tenantSummarySchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().min(1).max(1024),
  domain: z.string().min(1).max(280),
  max_extensions: z.int().min(0).nullish(),
  max_concurrent_calls: z.int().min(0).nullish(),
  enabled: z.boolean().nullish(),
  website: z.string().max(255).nullish(),
  timezone: z.string().nullish(),
  currency: z.string().nullish(),
  region: z.string().nullish(),
  avatar_file_name: z.string().nullish(),
  avatar_file_size: z.int().min(0).nullish(),
  avatar_file_url: z.string().nullish(),
  created_at: z.string().nullish(),
})
export type TenantSummary = z.infer<typeof tenantSummarySchema>
