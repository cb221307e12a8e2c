import { z } from 'zod'
import { serverIdSchema } from '../domain/server'
import { limitsOwners } from '../domain/server-facts'

const usageSchema = z.object({ used: z.number().optional(), limit: z.number().optional() })

/** Limits and expirations from the last status; times are RFC 3339. */
const limitsSchema = z.object({
  owner: z.enum(limitsOwners),
  readAt: z.string(),
  users: usageSchema,
  calls: usageSchema,
  tenants: usageSchema,
  maintenanceExpiresAt: z.string().optional(),
})

/** Limits that were stored without their owner may be those of a dealer: they are not known until they are read again. */
const ownedLimitsSchema = z.preprocess(
  (limits) => (typeof limits === 'object' && limits !== null && 'owner' in limits ? limits : undefined),
  limitsSchema.optional(),
)

/** The certificate that the server presented at `readAt`. */
const presentedSchema = z.object({ readAt: z.string(), validTo: z.string(), fingerprint256: z.string() })

/** How many expiring rules are kept for each server. */
export const keptRules = 20
/** Days ahead in which expiring rules are read. */
export const rulesDaysAhead = 30

/**
 * The allow rules that expire within `rulesDaysAhead` days, soonest first; `count` includes those that are not kept.
 * `problem` is set if they could not be read: then nothing is known about them.
 */
const expiringRulesSchema = z.object({
  readAt: z.string(),
  count: z.int().min(0),
  soonest: z
    .array(z.object({ cidr: z.string(), expiresAt: z.string() }))
    .max(keptRules)
    .readonly(),
  problem: z.string().optional(),
})
export type ExpiringRules = z.infer<typeof expiringRulesSchema>

/**
 * What is known about a server, also after a restart. Each part has the time at which it was read; a part that is
 * absent was never read.
 */
export const storedFactsSchema = z.object({
  serverId: serverIdSchema,
  role: z.string().optional(),
  version: z.string().optional(),
  /** RFC 3339 time of the last response. */
  lastResponse: z.string().optional(),
  limits: ownedLimitsSchema,
  certificate: presentedSchema.optional(),
  expiringRules: expiringRulesSchema.optional(),
})
export type StoredFacts = z.infer<typeof storedFactsSchema>

export const factsFileSchema = z.object({ version: z.literal(1), servers: z.array(storedFactsSchema).readonly() })
export type FactsFile = z.infer<typeof factsFileSchema>
