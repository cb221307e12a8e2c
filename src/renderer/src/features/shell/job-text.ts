import { printNumber } from '@shared/format/print-number'
import { incompleteText } from '@/features/exports/export-text'
import type { JobState } from '@shared/domain/job'

/** For example `1,200 of 10,000`. */
export const jobProgress = (job: JobState): string =>
  job.total === undefined ? printNumber(job.done) : `${printNumber(job.done)} of ${printNumber(job.total)}`

export interface JobOutcome {
  readonly kind: 'success' | 'info' | 'warning' | 'error'
  readonly title: string
  readonly detail?: string
}

/** The notification of an ended job, with up to five failed items. */
export function jobOutcome(job: JobState): JobOutcome {
  // Uploads have no effect until the branding is set.
  if (job.state === 'cancelled' && job.kind === 'brand') return { kind: 'info', title: `${job.title} canceled` }
  if (job.state === 'cancelled')
    return { kind: 'info', title: `${job.title} canceled`, detail: `${jobProgress(job)} completed before canceling.` }
  if (job.state === 'failed') return { kind: 'error', title: `${job.title} failed` }
  if (job.incomplete !== undefined)
    return { kind: 'warning', title: `${job.title} is incomplete`, detail: incompleteText(job.incomplete) }
  if (job.failures.length === 0) return { kind: 'success', title: `${job.title} finished` }
  const named = job.failures.slice(0, 5).map((item) => `${item.label}: ${item.error?.message ?? 'failed'}`)
  const more = job.failures.length > 5 ? [`and ${printNumber(job.failures.length - 5)} more`] : []
  return {
    kind: 'warning',
    title: `${job.title}: ${printNumber(job.failures.length)} failed`,
    detail: [...named, ...more].join('\n'),
  }
}

/** What can be done with a plan or rollout in the bar. */
export const runOf = ({ state, stopping }: { readonly state: string; readonly stopping?: 'pause' | 'cancel' }) => ({
  canPause: state === 'applying' && stopping === undefined,
  canCancel: stopping !== 'cancel',
})
