import { printNumber } from '@shared/format/print-number'
import type { PlanSummary } from '@shared/domain/plan'

/** An action of a plan, with its place. */
export interface PlanButton {
  readonly key: 'save' | 'revert' | 'check' | 'retry' | 'cancel' | 'pause' | 'resume'
  readonly label: string
  /** The widest text that it can have: its place is as wide from the start. */
  readonly widest: string
  /** Otherwise its place is empty. */
  readonly applies: boolean
  readonly disabled: boolean
}

/** The actions of a plan in two rows, always all of them and in the same order; those that end or resume it are in the second one. */
export function planButtons(plan: PlanSummary, busy: boolean): readonly (readonly PlanButton[])[] {
  const { state, stopping, steps, counts, retryable } = plan
  const isEnded = state === 'finished' || state === 'canceled'
  const isActive = state === 'applying' || state === 'paused'
  const isStopping = state === 'applying' ? stopping === 'cancel' : busy
  const of = (
    key: PlanButton['key'],
    label: string,
    applies: boolean,
    disabled: boolean,
    widest = label,
  ): PlanButton => ({ key, label, widest, applies, disabled })
  const counted = (key: PlanButton['key'], label: string, count: number, applies: boolean): PlanButton =>
    of(key, `${label} (${printNumber(count)})`, applies && count > 0, busy, `${label} (${printNumber(steps)})`)
  return [
    [
      of('save', 'Save result…', isEnded, busy),
      of('revert', 'Revert…', isEnded && counts.done > 0 && steps > 1, busy),
      counted('check', 'Check now', counts.unknown, isEnded || state === 'paused'),
      counted('retry', 'Retry', retryable, isEnded),
    ],
    [
      of('cancel', 'Cancel', isActive, isStopping),
      of('pause', 'Pause', isActive, state !== 'applying' || stopping !== undefined),
      of('resume', 'Resume', isActive, state !== 'paused' || busy),
    ],
  ]
}
