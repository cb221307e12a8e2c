import { z } from 'zod'
import { recordValuesSchema } from './record'
import { serverIdSchema } from './server'

const id = z.string().min(1).max(200)

/** A new tenant, the dealer that manages it, and its numbers of a trunk. */
export const customerRequestSchema = z.object({
  serverId: serverIdSchema,
  tenant: recordValuesSchema,
  dealerId: id.optional(),
  trunk: z.object({ trunkId: id, values: recordValuesSchema }).optional(),
})
export type CustomerRequest = z.infer<typeof customerRequestSchema>

/** How many of the server's tenants belong to a dealer; `used` is absent if they were too many to count. */
export interface DealerUse {
  readonly tenants: number
  readonly used?: number
}
