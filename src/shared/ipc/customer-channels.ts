import { z } from 'zod'
import { customerRequestSchema } from '../domain/customer'
import type { PlanPreview } from '../domain/plan'
import { channel } from './channel'
import type { SavedFile } from './values'

/** The channels of new customers, whose plans are applied like any other. */
export const customerChannels = {
  /** Freezes the steps and compares them with the server; nothing is sent. */
  'customers:preview': channel<PlanPreview>()(customerRequestSchema),
  /** Saves what was created as a sheet in HTML or CSV, without secrets. */
  'customers:saveHandover': channel<SavedFile>()(z.object({ planId: z.uuid() })),
} as const
