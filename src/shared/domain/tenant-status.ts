import { z } from 'zod'

/** The calls of each hour. */
export const callsSchema = z.array(z.looseObject({ time: z.string(), count: z.number() })).nullish()

const count = z.number().nullish()

/** GET /tenant/status: the version of the PBX, and the use of the own tenant. */
export const tenantStatusSchema = z.looseObject({
  version: z.string().nullish(),
  licensed_users: count,
  current_users: count,
  online_users: count,
  current_calls: count,
  current_queues: count,
  current_conference_rooms: count,
  current_ring_groups: count,
  current_ivrs: count,
  current_trunks: count,
  calls_in_24_hours: callsSchema,
})
export type TenantStatus = z.infer<typeof tenantStatusSchema>
