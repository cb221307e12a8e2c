import type { RuleRequest } from '@shared/domain/rollout'
import type { ProgramServer } from '../journal/program-parts'

/**
 * Points at which the program that applies a rollout ends. At `while waiting for the response` it is killed from
 * outside, while the server delays the reply.
 */
export const rolloutKillPoints = [
  'while the plans are stored',
  'while the rollout is stored',
  'before the first state of the rollout',
  'before the intent',
  'after the fsync, before sending',
  'while waiting for the response',
  'after the response',
  'before the results',
  'before the last state of the plan',
  'before the review',
  'before the last state of the rollout',
] as const
export type RolloutKillPoint = (typeof rolloutKillPoints)[number]

/** A certificate in PEM, leaf first, with its key. */
export interface UploadRequest {
  readonly chain: readonly string[]
  readonly key: string
}

export interface RollingArgs {
  readonly folder: string
  readonly now: number
  readonly servers: readonly ProgramServer[]
  readonly request: RuleRequest | UploadRequest
  readonly killAt: RolloutKillPoint
  /** The place of the server at whose change it is killed. */
  readonly place: number
  /** Number of event loop turns while something is stored. */
  readonly turns: number
}
