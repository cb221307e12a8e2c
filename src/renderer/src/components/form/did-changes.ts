import { didEntries } from '@shared/domain/did'

/** What was done to the text, and what it is about: some entries, or the pool as it was then. */
export type Change = { readonly text: string } & ({ readonly entries: readonly string[] } | { readonly pool: string })

/** Whether the pool still has what the change is about. */
export function isCurrent(change: Change, pool: string): boolean {
  if ('pool' in change) return change.pool === pool
  const entries = new Set(didEntries(pool))
  return change.entries.some((entry) => entries.has(entry))
}
