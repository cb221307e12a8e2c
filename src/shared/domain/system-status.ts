import { z } from 'zod'
import type { DealerStatus } from './dealer'
import { callsSchema, type TenantStatus } from './tenant-status'

const count = z.number().nullish()

/** GET /admin/status. Depending on the version, the license key is masked or in clear text; main removes it. */
export const systemStatusSchema = z.looseObject({
  version: z.string().nullish(),
  news: z.string().nullish(),
  license_type: z.string().nullish(),
  maintenance_expires_at: z.string().nullish(),
  max_concurrent_calls: count,
  licensed_users: count,
  current_users: count,
  online_users: count,
  current_tenants: count,
  current_dealers: count,
  current_calls: count,
  current_trunks: count,
  current_conference_servers: count,
  current_media_servers: count,
  current_call_queue_servers: count,
  current_ivr_servers: count,
  calls_in_24_hours: callsSchema,
})
export type SystemStatus = z.infer<typeof systemStatusSchema>

/** GET /info, which works without a sign-in. */
export const serverInfoSchema = z.looseObject({
  web_domain: z.string().nullish(),
  private_ipv4: z.string().nullish(),
  public_ipv4: z.string().nullish(),
  enable_ipv6: z.boolean().nullish(),
  private_ipv6: z.string().nullish(),
  public_ipv6: z.string().nullish(),
  primary_dns_server: z.string().nullish(),
  secondary_dns_server: z.string().nullish(),
})
export type ServerInfo = z.infer<typeof serverInfoSchema>

/** Data of the Overview page; `status` is set for an administrator, `dealer` for a dealer, `tenant` for that of a tenant. `readAt` is RFC 3339. */
export interface ServerOverview {
  readonly info: ServerInfo
  readonly status?: SystemStatus
  readonly dealer?: DealerStatus
  readonly tenant?: TenantStatus
  readonly readAt: string
}
