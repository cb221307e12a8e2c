import type { StepOutcome } from '@shared/domain/plan'

/**
 * Possible outcomes of the change at which a program is killed: `found` when its plan is opened, `settled` after the
 * sign-in. `requests`: requests that reached the server.
 */
export interface Allowed {
  readonly found: readonly StepOutcome[]
  readonly settled: StepOutcome
  readonly requests: number
}

export const notSent = (found: StepOutcome): Allowed => ({ found: [found], settled: 'waiting', requests: 0 })
export const isSent = (...found: readonly StepOutcome[]): Allowed => ({ found, settled: 'done', requests: 1 })
