import { z } from 'zod'
import { serverIdSchema } from '../domain/server'
import { alertLevels, raisedKinds } from './alerts'

/**
 * What is known of one kind on one server; `none` was read and is no alert. Times are RFC 3339. `raisedAt` is absent for
 * what was there at the first reading, `isNew` until the user has seen it, `lowerSince` unless the value has become less
 * urgent than `level`.
 */
const knownAlertSchema = z.object({
  level: z.enum([...alertLevels, 'none']),
  raisedAt: z.string().max(40).optional(),
  isNew: z.boolean().optional(),
  lowerSince: z.string().max(40).optional(),
})
export type KnownAlert = z.infer<typeof knownAlertSchema>

const knownAlertsSchema = z.partialRecord(z.enum(raisedKinds), knownAlertSchema)
/** A kind that is absent was never read. */
export type KnownAlerts = z.infer<typeof knownAlertsSchema>

/** The file has no texts and no values, only what was raised. */
export const alertsFileSchema = z.object({
  version: z.literal(1),
  servers: z.array(z.object({ serverId: serverIdSchema, known: knownAlertsSchema })).readonly(),
})
export type AlertsFile = z.infer<typeof alertsFileSchema>

/** An alert that was raised and not seen yet. Its text follows from the facts. */
export const newAlertSchema = z.object({
  serverId: serverIdSchema,
  kind: z.enum(raisedKinds),
  raisedAt: z.string().max(40),
})
export type NewAlert = z.infer<typeof newAlertSchema>
