import { z } from 'zod'
import type { FleetActivity } from './activity'
import type { StoredFacts } from './facts'
import type { NewAlert } from './raised-file'

/** The fleet for the window when it loads; later changes are pushed. */
export interface FleetView {
  readonly facts: readonly StoredFacts[]
  readonly activity: FleetActivity
  readonly newAlerts: readonly NewAlert[]
}

/** The board as text, in the shown columns and order. */
export const fleetTableSchema = z.object({
  columns: z.array(z.string().max(200)).min(1).max(50),
  rows: z.array(z.array(z.string().max(10_000)).max(50)).max(10_000),
})
