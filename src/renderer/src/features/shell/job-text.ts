import { incompleteText } from '@/features/exports/export-text'
import type { JobState } from '@shared/domain/job'

const number = new Intl.NumberFormat()

/** For example `1,200 of 10,000`. */
export const jobProgress = (job: JobState): string =>
  job.total === undefined ? number.format(job.done) : `${number.format(job.done)} of ${number.format(job.total)}`

export interface JobOutcome {
  readonly kind: 'success' | 'info' | 'warning' | 'error'
  readonly title: string
  readonly detail?: string
}

/** What a job that ended is said to have done; failures of single items are named, up to five. */
export function jobOutcome(job: JobState): JobOutcome {
  // What was uploaded counts for nothing until the brand is set.
  if (job.state === 'cancelled' && job.kind === 'brand') return { kind: 'info', title: `${job.title} canceled` }
  if (job.state === 'cancelled')
    return { kind: 'info', title: `${job.title} canceled`, detail: `${jobProgress(job)} completed before canceling.` }
  if (job.state === 'failed') return { kind: 'error', title: `${job.title} failed` }
  if (job.incomplete !== undefined)
    return { kind: 'warning', title: `${job.title} is incomplete`, detail: incompleteText(job.incomplete) }
  if (job.failures.length === 0) return { kind: 'success', title: `${job.title} finished` }
  const named = job.failures.slice(0, 5).map((item) => `${item.label}: ${item.error?.message ?? 'failed'}`)
  const more = job.failures.length > 5 ? [`and ${job.failures.length - 5} more`] : []
  return {
    kind: 'warning',
    title: `${job.title}: ${job.failures.length} failed`,
    detail: [...named, ...more].join('\n'),
  }
}
