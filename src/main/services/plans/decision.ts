import type { Outcome } from '@shared/domain/journal'

/** The outcome of a step that is not sent, and why. */
export interface Decision {
  readonly outcome: Outcome
  readonly message: string
}
