import { printNumber } from '@shared/format/print-number'
import type { PlanSummary } from '@shared/domain/plan'

/** An action of a plan, with its place. */
export interface PlanButton {
  readonly key: 'save' | 'revert' | 'check' | 'retry' | 'cancel' | 'pause' | 'resume'
  readonly label: string
  /** The widest possible label, which sets the width of its place. */
  readonly widest: string
  /** If false, its place is empty. */
  readonly applies: boolean
  readonly disabled: boolean
}

/** All actions of a plan in two rows, always in the same order; those that cancel, pause or resume are in the second. */
export function planButtons(plan: PlanSummary, busy: boolean): readonly (readonly PlanButton[])[] {
  const { state, stopping, steps, counts, retryable } = plan
  const isEnded = state === 'finished' || state === 'canceled'
  const isActive = state === 'applying' || state === 'paused'
  const isStopping = state === 'applying' ? stopping === 'cancel' : busy
  const button = (
    key: PlanButton['key'],
    label: string,
    applies: boolean,
    disabled: boolean,
    widest = label,
  ): PlanButton => ({ key, label, widest, applies, disabled })
  const counted = (key: PlanButton['key'], label: string, count: number, applies: boolean): PlanButton =>
    button(key, `${label} (${printNumber(count)})`, applies && count > 0, busy, `${label} (${printNumber(steps)})`)
  return [
    [
      button('save', 'Save result…', isEnded, busy),
      button('revert', 'Revert…', isEnded && counts.done > 0 && steps > 1, busy),
      counted('check', 'Check now', counts.unknown, isEnded || state === 'paused'),
      counted('retry', 'Retry', retryable, isEnded),
    ],
    [
      button('cancel', 'Cancel', isActive, isStopping),
      button('pause', 'Pause', isActive, state !== 'applying' || stopping !== undefined),
      button('resume', 'Resume', isActive, state !== 'paused' || busy),
    ],
  ]
}
