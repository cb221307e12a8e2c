import type { PlanSummary } from '@shared/domain/plan'
import { resourceIds } from '@shared/resources/ids'
import { countedButton, runButton, saveFileButton, type RunButtons } from './run-buttons'

const deleteCustomer = 'Delete customer…'

/** All actions of a plan. */
export function planButtons(plan: PlanSummary, busy: boolean): RunButtons {
  const { state, stopping, steps, counts, retryable } = plan
  const isEnded = state === 'finished' || state === 'canceled'
  const isActive = state === 'applying' || state === 'paused'
  const counted = { max: steps, busy }
  // Steps of a new customer that are done are of no use without the others.
  const isCustomer = plan.source.kind === 'customer'
  // Assignments name records that only their own server has.
  const hasFile = plan.ordered !== true && plan.resources.every((id) => resourceIds.some((each) => each === id))
  const isComplete = counts.done === steps
  const hasRevert = isCustomer
    ? (isEnded || state === 'paused') && counts.done > 0
    : isEnded && counts.done > 0 && steps > 1
  return [
    [
      isCustomer
        ? runButton('save', 'Save handover sheet…', isEnded && counts.done > 0, busy)
        : runButton('save', 'Save result…', isEnded, busy),
      isCustomer
        ? runButton('revert', isComplete ? deleteCustomer : 'Clean up…', hasRevert, busy, deleteCustomer)
        : runButton('revert', 'Revert…', hasRevert, busy),
      countedButton('check', 'Check now', {
        ...counted,
        count: counts.unknown,
        applies: isEnded || state === 'paused',
      }),
      countedButton('retry', 'Retry', { ...counted, count: retryable, applies: isEnded }),
      saveFileButton(hasFile && !isActive, busy),
    ],
    [
      runButton('cancel', 'Cancel', isActive, state === 'applying' ? stopping === 'cancel' : busy),
      runButton('pause', 'Pause', isActive, state !== 'applying' || stopping !== undefined),
      runButton('resume', 'Resume', isActive, state !== 'paused' || busy),
    ],
  ]
}
