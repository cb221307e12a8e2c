import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareDids,
  countDids,
  didProblem,
  didRangeWith,
  formatDids,
  mergeDids,
  overlapsOf,
  parseDid,
  parseDids,
  removedDids,
  selfOverlaps,
  type DidRange,
} from '@shared/domain/did'

/** Small numbers, so that ranges often overlap, and some far too long for a JavaScript number. */
const base = fc.constantFrom(0n, 10n ** 24n)
const range = fc
  .tuple(base, fc.integer({ min: 10, max: 99 }), fc.integer({ min: 0, max: 20 }))
  .map(([at, from, length]) => {
    const to = Math.min(99, from + length)
    return { from: (at + BigInt(from)).toString(), to: (at + BigInt(to)).toString() }
  })
const pool = fc.array(range, { maxLength: 12 })
const numbers = (ranges: readonly DidRange[]): ReadonlySet<string> => {
  const all = new Set<string>()
  for (const { from, to } of ranges) for (let n = BigInt(from); n <= BigInt(to); n++) all.add(n.toString())
  return all
}

describe('an entry', () => {
  it.each([
    ['3000', { from: '3000', to: '3000' }],
    [' 12000 - 18000 ', { from: '12000', to: '18000' }],
    ['12345678901234567890123456', { from: '12345678901234567890123456', to: '12345678901234567890123456' }],
  ])('%s is read', (text, expected) => expect(parseDid(text)).toEqual(expected))

  it.each([
    ['+4930123', 'starts with +'],
    ['004930123', 'starts with 00'],
    ['030123', 'starts with 0'],
    ['1000-0200', 'starts with 0'],
    ['900-1100', 'have 3 and 4 digits'],
    ['2000-1000', 'ends before it starts'],
    ['12 34', 'neither a number nor a range'],
    ['1000-2000-3000', 'neither a number nor a range'],
    ['abc', 'neither a number nor a range'],
  ])('%s is refused with its reason', (text, reason) => {
    expect(parseDid(text)).toBeUndefined()
    expect(didProblem(text)).toContain(reason)
  })
})

describe('a pool', () => {
  it('is written in API format and read back', () =>
    fc.assert(
      fc.property(pool, (ranges) => {
        expect(parseDids(formatDids(ranges))).toEqual(ranges)
      }),
    ))

  it('is merged without gaining or losing a number, and without adjacent ranges', () =>
    fc.assert(
      fc.property(pool, (ranges) => {
        const merged = mergeDids(ranges)
        expect(numbers(merged)).toEqual(numbers(ranges))
        for (const [at, each] of merged.entries())
          if (at > 0) expect(BigInt(each.from) - BigInt(merged[at - 1]?.to ?? 0)).toBeGreaterThan(1n)
        expect(countDids(ranges)).toBe(BigInt(numbers(ranges).size))
      }),
    ))

  it('does not merge ranges of different lengths', () =>
    expect(mergeDids(parseDids('1000-1999;100-999'))).toEqual(parseDids('100-999;1000-1999')))

  it('finds the range that contains a number', () =>
    fc.assert(
      fc.property(pool, range, (ranges, { from }) => {
        expect(didRangeWith(ranges, from) !== undefined).toBe(numbers(ranges).has(from))
      }),
    ))
})

describe('overlap', () => {
  it('includes end points', () => {
    const [pairs] = overlapsOf(parseDids('1000-2000'), parseDids('2000-3000'))
    expect(pairs?.shared).toEqual({ from: '2000', to: '2000' })
    expect(overlapsOf(parseDids('1000-1999'), parseDids('2000-3000'))).toEqual([])
  })
  it('does not treat 1000-2000 as a part of 10000-20000', () =>
    expect(overlapsOf(parseDids('1000-2000'), parseDids('10000-20000'))).toEqual([]))

  it('finds every pair, like comparing all of them', () =>
    fc.assert(
      fc.property(pool, pool, (a, b) => {
        const pairs = a.flatMap((mine) =>
          b.filter((theirs) => [...numbers([mine])].some((n) => numbers([theirs]).has(n))),
        )
        const found = overlapsOf(a, b)
        expect(found).toHaveLength(pairs.length)
        for (const { own: mine, theirs, shared } of found)
          expect(numbers([shared])).toEqual(new Set([...numbers([mine])].filter((n) => numbers([theirs]).has(n))))
      }),
    ))

  it('within a pool is found exactly if a number occurs twice', () =>
    fc.assert(
      fc.property(pool, (ranges) => {
        const sum = ranges.reduce((total, each) => total + numbers([each]).size, 0)
        expect(selfOverlaps(ranges).length > 0).toBe(sum > numbers(ranges).size)
      }),
    ))
})

describe('removed numbers', () => {
  it('are not in the new pool', () =>
    fc.assert(
      fc.property(pool, pool, (before, after) => {
        const remaining = numbers(after)
        expect(numbers(removedDids(before, after))).toEqual(
          new Set([...numbers(before)].filter((n) => !remaining.has(n))),
        )
      }),
    ))
  it('is described in ranges', () =>
    expect(formatDids(removedDids(parseDids('1000-1999'), parseDids('1200-1299;1999')))).toBe('1000-1199;1300-1998'))
})

it('numbers are ordered by value', () =>
  fc.assert(
    fc.property(fc.bigInt(1n, 10n ** 30n), fc.bigInt(1n, 10n ** 30n), (a, b) => {
      expect(Math.sign(compareDids(a.toString(), b.toString()))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  ))
