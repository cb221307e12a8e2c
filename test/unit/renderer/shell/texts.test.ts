import { describe, expect, it } from 'vitest'
import type { JobState } from '@shared/domain/job'
import { jobOutcome, jobProgress } from '@/features/shell/job-text'
import { detailLines } from '@/components/notice-text'

const job = (more: Partial<JobState>): JobState => ({
  id: 'j',
  kind: 'export',
  title: 'Delete 12 rules on Munich',
  state: 'done',
  done: 12,
  total: 12,
  failures: [],
  ...more,
})

describe('jobOutcome', () => {
  it('names the items that failed, the first five of them', () => {
    const failures = Array.from({ length: 7 }, (_, index) => ({ id: `${index}`, label: `10.0.0.${index}/32` }))
    const outcome = jobOutcome(job({ failures }))
    expect(outcome.kind).toBe('warning')
    expect(outcome.detail).toContain('10.0.0.4/32: failed\nand 2 more')
  })

  it('distinguishes a canceled job from a failed one', () => {
    expect(jobOutcome(job({ state: 'cancelled', done: 3 })).detail).toBe('3 of 12 completed before canceling.')
    expect(jobOutcome(job({ state: 'failed' })).kind).toBe('error')
  })

  it('counts without a total while it is unknown', () => {
    expect(jobProgress({ id: 'j', kind: 'export', title: 'Export', state: 'running', done: 7, failures: [] })).toBe('7')
  })
})

describe('detailLines', () => {
  it('ends with the operation, the status and the code, and never shows the code alone', () => {
    const error = {
      code: 'server-error',
      message: 'It failed',
      hint: 'Try again',
      operation: 'GET /x',
      status: 502,
    } as const
    expect(detailLines('Reading', error)).toEqual(['It failed', 'Try again', 'GET /x · HTTP 502 · server-error'])
    expect(detailLines('It failed', error)[0]).toBe('Try again')
  })
})
