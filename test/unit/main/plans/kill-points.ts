import type { PlanStep } from '@shared/domain/plan'
import type { ProgramServer } from '../journal/program-parts'

/**
 * Points at which the program that applies a plan ends. At `while waiting for the response` it is killed from outside,
 * while the server delays the reply.
 */
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
  /** Number of event loop turns while the plan is stored. */
  readonly turns: number
  readonly steps: readonly PlanStep[]
}
