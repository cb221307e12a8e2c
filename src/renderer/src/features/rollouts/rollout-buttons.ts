import type { RolloutSummary } from '@shared/domain/rollout'
import { isUnderWay } from '@shared/rollout/progress'
import { countedButton, runButton, saveFileButton, type RunButtons } from '@/features/plans/run-buttons'

/** All actions of a rollout. */
export function rolloutButtons(rollout: RolloutSummary, busy: boolean): RunButtons {
  const { state, stopping, servers, counts, stepCounts, retryable, source, keyMissing } = rollout
  const isEnded = state === 'finished' || state === 'canceled' || state === 'stopped'
  const isWaiting = state === 'paused' || state === 'review'
  const isActive = isUnderWay(state)
  const counted = { max: servers, busy }
  return [
    [
      runButton('save', 'Save result…', isEnded, busy),
      runButton('revert', 'Revert…', isEnded && stepCounts.done > 0 && source.kind !== 'certificate', busy),
      countedButton('check', 'Check now', { ...counted, count: counts.unknown, applies: isEnded || isWaiting }),
      countedButton('retry', 'Retry', { ...counted, count: retryable, applies: isEnded }),
      saveFileButton(!isActive && source.kind !== 'certificate', busy),
    ],
    [
      runButton('cancel', 'Cancel', isActive, state === 'applying' ? stopping === 'cancel' : busy),
      runButton('pause', 'Pause', isActive, state !== 'applying' || stopping !== undefined),
      runButton(
        'resume',
        state === 'review' ? 'Continue' : 'Resume',
        isActive,
        !isWaiting || busy || keyMissing === true,
        'Continue',
      ),
    ],
  ]
}
