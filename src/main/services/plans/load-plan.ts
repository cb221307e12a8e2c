import type { JournalEntry } from '@shared/domain/journal-view'
import type { Result } from '@shared/domain/journal'
import { emptyCounts, type PlanResult, type PlanSummary } from '@shared/domain/plan'
import { Plan } from './plan'
import type { PlanEdges, PlanStore } from './plan-store'

/** Why a plan of an earlier run is paused. */
const appEnded = { code: 'cancelled', message: 'The app ended before the plan was finished.' } as const
const noResult = { code: 'unknown-outcome', message: 'The app ended before the result was stored.' } as const

/**
 * The result of a step from its journal entry. A change that was not found on the server is sent again when the plan
 * resumes.
 */
export function resultOfEntry(
  n: number,
  attempt: number,
  entry: number,
  { outcome, error, newId, differences, at }: Omit<Result, 'kind' | 'of'> & { readonly at: string },
  isActive = true,
): PlanResult {
  const isInterrupted = isActive && outcome === 'notSent' && error?.code === 'not-found'
  return {
    ...{ kind: 'result', n, attempt, entry, at, outcome },
    ...(error && { error }),
    ...(newId !== undefined && { newId }),
    ...(differences && { differences }),
    ...(isInterrupted && { interrupted: true }),
  }
}

/** Loads a stored plan; results that it did not store are in the journal. */
export async function loadPlan(
  store: Pick<PlanStore, 'read'>,
  entriesOf: (planId: string) => Promise<readonly JournalEntry[]>,
  id: string,
): Promise<Plan> {
  const { head, steps, lines } = await store.read(id)
  const plan = new Plan({ head, steps })
  for (const line of lines) plan.accept(line)
  for (const { intent, result } of await entriesOf(id)) {
    if (intent.source.kind !== 'plan') continue
    const { step, attempt } = intent.source
    const current = plan.result(step)
    const isNewer = current === undefined || current.attempt < attempt
    if (!isNewer && !(current.attempt === attempt && current.outcome === 'unknown')) continue
    const outcome = result ?? { outcome: 'unknown' as const, error: noResult, at: intent.at }
    plan.accept(resultOfEntry(step, attempt, intent.seq, outcome))
  }
  if (plan.state === 'applying' || plan.state === 'ready')
    plan.accept(plan.stateLine('paused', Date.parse(head.at), appEnded))
  return plan
}

/** Summary of a stored plan from its first and last line; undefined if the whole file must be read. */
export function summaryOf({ head, last }: PlanEdges): PlanSummary | undefined {
  if (last === undefined || last.state === 'applying' || last.state === 'ready') return undefined
  const { id, title, server, source, resources, user, at, steps, note, rollout, ordered } = head
  const counts = { ...emptyCounts, ...last.counts }
  return {
    ...{ id, title, server, source, resources, user, at, steps, counts },
    ...{ state: last.state, updatedAt: last.at, retryable: counts.refused + counts.notSent, differing: 0 },
    ...(note !== undefined && { note }),
    ...(rollout !== undefined && { rollout }),
    ...(ordered && { ordered }),
    ...(last.reason && { reason: last.reason as NonNullable<PlanSummary['reason']> }),
  }
}
