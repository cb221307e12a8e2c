import { z } from 'zod'

/** The three levels of dealers, highest first; each may create only lower levels. */
export const dealerLevels = ['DISTRIBUTOR', 'SUB_DISTRIBUTOR', 'RESELLER'] as const
export type DealerLevel = (typeof dealerLevels)[number]

/** 0 for the highest level and for unknown ones. */
export const levelDepth = (level: unknown): number => Math.max(0, dealerLevels.indexOf(level as DealerLevel))

/** The levels that a dealer of this level may create. */
export const levelsBelow = (level: unknown): readonly DealerLevel[] => dealerLevels.slice(levelDepth(level) + 1)

const count = z.number().nullish()

/** GET /dealer/status: the dealer's usage and limits. */
export const dealerStatusSchema = z.looseObject({
  version: z.string().nullish(),
  max_dealers: count,
  current_dealers: count,
  max_users: count,
  current_users: count,
  max_tenants: count,
  current_tenants: count,
})
export type DealerStatus = z.infer<typeof dealerStatusSchema>
