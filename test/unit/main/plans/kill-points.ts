import type { PlanStep } from '@shared/domain/plan'
import type { ProgramServer } from '../journal/program-parts'

/** Where the program that applies a plan ends itself. At `while waiting for the response` it is ended from outside, while the server holds the reply. */
export const planKillPoints = [
  'while the plan is stored',
  'before the intent',
  'with half of the intent written',
  'after the intent, before its fsync',
  'after the fsync, before sending',
  'while waiting for the response',
  'after the response',
  'before the results',
  'with half of the results written',
  'after the fsync of some results',
  'before the last state of the plan',
] as const
export type PlanKillPoint = (typeof planKillPoints)[number]

export interface PlanningArgs extends ProgramServer {
  readonly folder: string
  readonly now: number
  readonly killAt: PlanKillPoint
  /** The number of the step at which it is killed. */
  readonly step: number
  /** How often the event loop turns while the plan is stored. */
  readonly turns: number
  readonly steps: readonly PlanStep[]
}
