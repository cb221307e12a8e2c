import { z } from 'zod'
import { customerRequestSchema, type DealerUse } from '../domain/customer'
import type { PlanPreview } from '../domain/plan'
import { byServer } from './arguments'
import { channel } from './channel'
import type { SavedFile } from './values'

/** The channels of new customers, whose plans are applied like any other. */
export const customerChannels = {
  /** Freezes the steps and compares them with the server; nothing is sent. */
  'customers:preview': channel<PlanPreview>()(customerRequestSchema),
  /** Counts the tenants of a dealer with one request for each tenant, by default only if there are few. */
  'customers:dealerUse': channel<DealerUse>()(
    byServer.extend({ dealerId: z.string().min(1).max(200), everything: z.boolean() }),
  ),
  /** Saves what was created as a sheet in HTML or CSV, without secrets. */
  'customers:saveHandover': channel<SavedFile>()(z.object({ planId: z.uuid() })),
} as const
