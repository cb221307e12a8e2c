import { expect, it } from 'vitest'
import { emptyCounts, type PlanSummary } from '@shared/domain/plan'
import { progressText } from '@/features/plans/plan-text'

const plan = (more: Partial<PlanSummary> = {}): PlanSummary => ({
  id: 'p',
  title: 'Delete 40 rules on Acme',
  server: { id: 'a', name: 'Acme' },
  source: { kind: 'delete' },
  resources: ['ip-rules'],
  user: 'tech',
  at: '2026-11-24T15:30:00.000Z',
  updatedAt: '2026-11-24T15:30:00.000Z',
  state: 'applying',
  steps: 40,
  counts: { ...emptyCounts, waiting: 34, sending: 4, done: 2 },
  retryable: 0,
  differing: 0,
  ...more,
})

it('shows that changes whose responses were lost are being checked', () => {
  expect(progressText(plan())).toBe('Applying 2 of 40')
  expect(progressText(plan({ checking: 1 }))).toBe('Applying 2 of 40 · Checking 1 change whose response was lost')
  expect(progressText(plan({ checking: 4, stopping: 'cancel' }))).toBe(
    'Canceling… 2 of 40 · Checking 4 changes whose responses were lost',
  )
})

it('shows that a paused plan is being verified', () => {
  const paused = { state: 'paused', counts: { ...emptyCounts, waiting: 38, unknown: 2 } } as const
  expect(progressText(plan(paused))).toBe('Paused: 0 of 40 done')
  expect(progressText(plan({ ...paused, verifying: true }))).toBe('Verifying 2 of 40')
})
