import { describe, expect, test } from 'vitest'
import { emptyCounts } from '@shared/domain/plan'
import type { RolloutSummary } from '@shared/domain/rollout'
import { countsText } from '@/features/plans/plan-text'
import { rolloutButtons } from '@/features/rollouts/rollout-buttons'
import { rolloutProgress, waveText } from '@/features/rollouts/rollout-text'

const summary = (more: Partial<RolloutSummary> = {}): RolloutSummary => ({
  ...{ id: 'r', title: 'Block 41.202.0.0/16 on 11 servers', user: 'tech', stopAfter: 2, steps: 11, servers: 11 },
  ...{
    at: '2026-11-27T12:00:00.000Z',
    updatedAt: '2026-11-27T12:00:00.000Z',
    source: { kind: 'revert', rollout: 'x' },
  },
  ...{ state: 'applying', waves: [1, 4, 6], wave: 2, next: 3, open: 8, leftOut: 0, retryable: 0, mustConfirm: false },
  ...{ counts: { ...emptyCounts, done: 3, sending: 2, waiting: 6 }, stepCounts: { ...emptyCounts, done: 3 } },
  confirm: { kind: 'none', servers: 8, reason: '' },
  ...more,
})

test.each([
  [[1, 4, 6], 1, 'Canary (1 server)'],
  [[1, 4, 6], 2, 'Wave 2 of 3 (4 servers)'],
  [[11], 1, '11 servers'],
  [[1], 1, '1 server'],
  [[1, 4, 6], 0, ''],
])('of %j, wave %i is "%s"', (waves, wave, text) => expect(waveText({ waves, wave })).toBe(text))

test.each([
  [{}, 'Wave 2 of 3 (4 servers) · 3 of 11 servers'],
  [{ stopping: 'cancel' }, 'Canceling… 3 of 11 servers'],
  [{ state: 'review' }, 'Review after canary: 3 of 11 servers'],
  [{ state: 'paused' }, 'Paused: 3 of 11 servers. Next: Wave 2 of 3 (3 servers)'],
  // The only wave is not named.
  [{ waves: [11], wave: 1 }, '3 of 11 servers'],
  [{ waves: [11], wave: 1, state: 'paused', next: 8 }, 'Paused: 3 of 11 servers. Next: 8 servers'],
  [{ state: 'paused', wave: 0, open: 0 }, 'Paused: 11 of 11 servers'],
  [{ state: 'stopped', wave: 0 }, 'Stopped: 3 of 11 servers done'],
  // Servers that were left out and those that failed count, too.
  [
    { state: 'finished', wave: 0, open: 0, counts: { ...emptyCounts, done: 1, unknown: 2, notSent: 4 } },
    'Finished: 1 of 7 servers done',
  ],
] as const)('%j: %s', (more, text) => expect(rolloutProgress(summary(more))).toBe(text))

test('the results are counted with those to which nothing is sent', () =>
  expect(countsText({ counts: { ...emptyCounts, done: 10, unknown: 1, alreadyInPlace: 2, notSent: 1 } })).toBe(
    '10 done, 2 already in place, 1 not sent, 1 unknown',
  ))

const certificate = { kind: 'certificate', subject: '*.example.com', fingerprint256: 'AA', validTo: '' } as const

describe('the buttons that apply', () => {
  const applying = (more: Partial<RolloutSummary>): readonly string[] =>
    rolloutButtons(summary(more), false)
      .flat()
      .filter(({ applies, disabled }) => applies && !disabled)
      .map(({ label }) => label)
  test.each([
    [{}, ['Cancel', 'Pause']],
    [{ stopping: 'pause' }, ['Cancel']],
    [{ stopping: 'cancel' }, []],
    [{ state: 'review' }, ['Cancel', 'Continue']],
    [{ state: 'paused', counts: { ...emptyCounts, unknown: 1 } }, ['Check now (1)', 'Cancel', 'Resume']],
    // Without its private key nothing can be sent, and a certificate cannot be restored.
    [{ state: 'review', keyMissing: true }, ['Cancel']],
    [{ state: 'finished', source: certificate }, ['Save result…']],
    [{ state: 'finished' }, ['Save result…', 'Revert…', 'Save plan as file…']],
    [{ state: 'stopped', retryable: 8, stepCounts: emptyCounts }, ['Save result…', 'Retry (8)', 'Save plan as file…']],
    [{ state: 'ready' }, ['Save plan as file…']],
  ] as const)('%j', (more, labels) => expect(applying(more)).toEqual(labels))
})
