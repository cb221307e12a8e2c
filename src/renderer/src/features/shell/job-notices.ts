import type { Router } from 'vue-router'
import type { JobState } from '@shared/domain/job'
import type { PlanSummary } from '@shared/domain/plan'
import type { RolloutSummary } from '@shared/domain/rollout'
import { countsText, stateLabels } from '@/features/plans/plan-text'
import { rolloutStateLabels, serversOf } from '@/features/rollouts/rollout-text'
import { useNotify } from '@/stores/notify'
import { jobOutcome } from './job-text'

/** The notification of a job that ended. */
export function notifyJob(job: JobState, router: Router): void {
  const notify = useNotify()
  const outcome = jobOutcome(job)
  const exportId = job.exportId
  const action = exportId
    ? { label: 'Open', run: () => void router.push({ name: 'export-view', params: { entryId: exportId } }) }
    : undefined
  if (outcome.kind === 'error') return notify.error(job.error ?? outcome.title, outcome.title)
  notify[outcome.kind](outcome.title, outcome.detail, action)
}

/** The notification of a plan that ended. */
export function notifyPlan(plan: PlanSummary, router: Router): void {
  const isComplete =
    plan.state === 'finished' && plan.counts.done + plan.counts.alreadyInPlace === plan.steps && plan.differing === 0
  const title = `${plan.title}: ${stateLabels[plan.state].toLowerCase()}`
  const show = () => void router.push({ name: 'plans', query: { open: plan.id } })
  const action = plan.steps > 1 ? { label: 'Show', run: show } : undefined
  useNotify()[isComplete ? 'success' : 'warning'](title, `${countsText(plan)}.`, action)
}

/** The notification of a rollout that ended. */
export function notifyRollout(rollout: RolloutSummary, router: Router): void {
  const { title, state, counts, id } = rollout
  const isComplete = state === 'finished' && counts.done + counts.alreadyInPlace === serversOf(rollout)
  const show = () => void router.push({ name: 'plans', query: { rollout: id } })
  const text = `${title}: ${rolloutStateLabels[state].toLowerCase()}`
  useNotify()[isComplete ? 'success' : 'warning'](text, `${countsText(rollout)}.`, { label: 'Show', run: show })
}
