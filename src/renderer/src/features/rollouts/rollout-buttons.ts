import { printNumber } from '@shared/format/print-number'
import type { RolloutSummary } from '@shared/domain/rollout'

/** An action of a rollout, with its place. */
export interface RolloutButton {
  readonly key: 'save' | 'revert' | 'check' | 'retry' | 'cancel' | 'pause' | 'resume'
  readonly label: string
  /** The widest possible label, which sets the width of its place. */
  readonly widest: string
  /** If false, its place is empty. */
  readonly applies: boolean
  readonly disabled: boolean
}

/** All actions of a rollout in two rows, always in the same order; those that cancel, pause or resume are in the second. */
export function rolloutButtons(rollout: RolloutSummary, busy: boolean): readonly (readonly RolloutButton[])[] {
  const { state, stopping, servers, counts, stepCounts, retryable } = rollout
  const isEnded = state === 'finished' || state === 'canceled' || state === 'stopped'
  const isWaiting = state === 'paused' || state === 'review'
  const isActive = state === 'applying' || isWaiting
  const button = (
    key: RolloutButton['key'],
    label: string,
    applies: boolean,
    disabled: boolean,
    widest = label,
  ): RolloutButton => ({ key, label, widest, applies, disabled })
  const counted = (key: RolloutButton['key'], label: string, count: number, applies: boolean): RolloutButton =>
    button(key, `${label} (${printNumber(count)})`, applies && count > 0, busy, `${label} (${printNumber(servers)})`)
  return [
    [
      button('save', 'Export…', isEnded, busy),
      button('revert', 'Revert…', isEnded && stepCounts.done > 0, busy),
      counted('check', 'Check now', counts.unknown, isEnded || isWaiting),
      counted('retry', 'Retry', retryable, isEnded),
    ],
    [
      button('cancel', 'Cancel', isActive, state === 'applying' ? stopping === 'cancel' : busy),
      button('pause', 'Pause', isActive, state !== 'applying' || stopping !== undefined),
      button('resume', state === 'review' ? 'Continue' : 'Resume', isActive, !isWaiting || busy, 'Continue'),
    ],
  ]
}
