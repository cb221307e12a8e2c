import { describe, expect, it } from 'vitest'
import { ago, daysUntil, remaining } from '@shared/format/age'

const now = Date.parse('2026-11-24T10:00:00Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

describe('ago', () => {
  it.each([
    [-5, 'just now'],
    [-125, '2 min ago'],
    [-7300, '2 h ago'],
    [-200_000, '2 d ago'],
    [30, 'just now'],
  ])('%i s', (seconds, text) => expect(ago(at(seconds), now)).toBe(text))
  it('is empty without a time', () => expect(ago(undefined, now)).toBe(''))
})

describe('remaining', () => {
  it.each([
    [3725, '1:02:05'],
    [65, '1:05'],
    [0.4, '0:01'],
    [0, ''],
    [-10, ''],
  ])('%f s', (seconds, text) => expect(remaining(at(seconds), now)).toBe(text))
  it('is empty without a time', () => expect(remaining('soon', now)).toBe(''))
})

describe('daysUntil', () => {
  it('counts whole days and becomes negative', () => {
    expect(daysUntil(at(86_400 * 9 + 10), now)).toBe(9)
    expect(daysUntil(at(-10), now)).toBe(-1)
    expect(daysUntil('', now)).toBeUndefined()
  })
})
