import { describe, expect, test } from 'vitest'
import { emptyCounts, type StepOutcome } from '@shared/domain/plan'
import { confirmFor, isRolloutConfirmed } from '@shared/rollout/confirm'
import { afterWave, outcomeOfPlan, progressOf } from '@shared/rollout/progress'
import { waveAt, waveSizes } from '@shared/rollout/waves'

describe('waves', () => {
  test.each([
    [0, true, []],
    [1, true, [1]],
    [3, true, [1, 2]],
    [5, true, [1, 4]],
    [14, true, [1, 4, 9]],
    [14, false, [14]],
    [1000, true, [1, 4, 995]],
  ])('%i servers, canary %s: %j', (servers, canary, sizes) => expect(waveSizes(servers, canary)).toEqual(sizes))

  test.each([
    [0, 0],
    [1, 1],
    [4, 1],
    [5, 2],
    [13, 2],
  ])('the server at %i is in wave %i', (place, wave) => expect(waveAt([1, 4, 9], place)).toBe(wave))
})

describe('the outcome of a server', () => {
  test.each([
    ['finished', { done: 2, alreadyInPlace: 1 }, 'done'],
    ['finished', { alreadyInPlace: 3 }, 'alreadyInPlace'],
    ['finished', { done: 1, refused: 1, unknown: 1 }, 'unknown'],
    ['finished', { done: 1, refused: 1, conflict: 1 }, 'refused'],
    ['finished', { done: 5, notSent: 1 }, 'notSent'],
    ['ready', { waiting: 1 }, 'waiting'],
    ['paused', { waiting: 1, refused: 1 }, 'waiting'],
    ['applying', { waiting: 3 }, 'sending'],
    ['canceled', { done: 1, notSent: 2 }, 'notSent'],
  ] as const)('%s with %j is %s', (state, counts, outcome) =>
    expect(outcomeOfPlan({ state, counts: { ...emptyCounts, ...counts } })).toBe(outcome),
  )
})

describe('progress', () => {
  const d = 'done'
  const w = 'waiting'
  test.each<readonly [readonly StepOutcome[], number, readonly number[], number]>([
    [[w, w, w, w, w, w], 0, [0], 0],
    [[d, w, w, w, w, w], 1, [1, 2, 3, 4], 0],
    [[d, d, w, 'notSent', 'refused', w], 1, [2], 1],
    [[d, d, 'unknown', 'notSent', 'refused', w], 2, [5], 2],
    [[d, d, d, d, d, 'conflict'], -1, [], 0],
  ])('%j', (outcomes, wave, open, failures) =>
    expect(progressOf([1, 4, 1], outcomes)).toEqual({ wave, open, failures }),
  )

  test.each([
    [{ open: [1], failures: 0 }, 0, 'review'],
    [{ open: [5], failures: 1 }, 1, 'next'],
    [{ open: [5], failures: 2 }, 1, 'stopped'],
    [{ open: [1], failures: 2 }, 0, 'stopped'],
    [{ open: [], failures: 9 }, 2, 'finished'],
  ])('%j after wave %i: %s', (progress, ran, next) =>
    expect(afterWave({ progress: { wave: ran + 1, ...progress }, ran, review: true, stopAfter: 2 })).toBe(next),
  )

  test('without a review, the canary is followed by the next wave', () =>
    expect(afterWave({ progress: { wave: 1, open: [1], failures: 0 }, ran: 0, review: false, stopAfter: 2 })).toBe(
      'next',
    ))
})

describe('what is confirmed', () => {
  test.each([
    [['open', 'open', 'open'], 10, 'none'],
    [['open', 'ask', 'open'], 10, 'check'],
    [['open', 'type-name'], 10, 'number'],
    [['open', 'open', 'open', 'open'], 10, 'number'],
    [['ask'], 2, 'check'],
    [['open', 'open'], 2, 'number'],
  ] as const)('%j of %i: %s', (protections, servers, kind) => expect(confirmFor(protections, servers).kind).toBe(kind))

  test.each([
    ['none', false, '', true],
    ['check', false, '11', false],
    ['check', true, '', true],
    ['number', true, '12', false],
    ['number', false, ' 11 ', true],
  ] as const)('%s with %s and "%s": %s', (kind, acknowledged, typedName, confirmed) =>
    expect(isRolloutConfirmed({ kind, servers: 11, reason: '' }, { acknowledged, typedName })).toBe(confirmed),
  )
})
