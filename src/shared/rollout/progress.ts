import type { PlanState, StepCounts, StepOutcome } from '../domain/plan'
import type { RolloutState } from '../domain/rollout'
import { waveAt } from './waves'

/** From worst to best; a server has the first one that occurs among its steps. */
const worstFirst = [
  'sending',
  'waiting',
  'unknown',
  'refused',
  'conflict',
  'notSent',
  'done',
  'alreadyInPlace',
] as const satisfies readonly StepOutcome[]

/** Whether a rollout in this state is applied, or waits for the user. */
export const isUnderWay = (state: RolloutState): boolean =>
  state === 'applying' || state === 'paused' || state === 'review'

/** What became of a server, from its plan. */
export function outcomeOfPlan({
  state,
  counts,
}: {
  readonly state: PlanState
  readonly counts: StepCounts
}): StepOutcome {
  const outcome = worstFirst.find((each) => counts[each] > 0) ?? 'alreadyInPlace'
  return state === 'applying' ? 'sending' : outcome
}

/** A failure is an answer that says no, or none; a server that was never reached is none. */
export const isFailure = (outcome: StepOutcome): boolean => outcome === 'refused' || outcome === 'unknown'

const isOpen = (outcome: StepOutcome): boolean => outcome === 'waiting' || outcome === 'sending'

export interface RolloutProgress {
  /** The first wave with an open server, from 0; -1 if there is none. */
  readonly wave: number
  /** The places of its open servers. */
  readonly open: readonly number[]
  readonly failures: number
}

/** Where a rollout is, from the outcomes of its servers in their order. */
export function progressOf(sizes: readonly number[], outcomes: readonly StepOutcome[]): RolloutProgress {
  const first = outcomes.findIndex(isOpen)
  const wave = first < 0 ? -1 : waveAt(sizes, first)
  const open = outcomes.flatMap((outcome, place) => (isOpen(outcome) && waveAt(sizes, place) === wave ? place : []))
  return { wave, open, failures: outcomes.filter(isFailure).length }
}

export interface WaveEnd {
  readonly progress: RolloutProgress
  /** The wave that just ran, from 0. */
  readonly ran: number
  readonly review: boolean
  readonly stopAfter: number
}

/** What a rollout does after a wave: the next one, or one of the states in which nothing is sent. */
export function afterWave({ progress, ran, review, stopAfter }: WaveEnd): 'next' | RolloutState {
  if (progress.open.length === 0) return 'finished'
  if (progress.failures >= stopAfter) return 'stopped'
  return review && ran === 0 ? 'review' : 'next'
}
