/**
 * A DID number, or a range of numbers of equal length including both ends. Only digits, beginning with 1 to 9. Numbers
 * may be too long for a JavaScript number, so they are compared as text or BigInt.
 */
export interface DidRange {
  readonly from: string
  readonly to: string
}

/** Negative, zero or positive if the number `a` is less than, equal to, or greater than `b`. */
export const compareDids = (a: string, b: string): number =>
  a.length === b.length ? (a === b ? 0 : a < b ? -1 : 1) : a.length - b.length

const later = (a: string, b: string): string => (compareDids(a, b) >= 0 ? a : b)
const earlier = (a: string, b: string): string => (compareDids(a, b) <= 0 ? a : b)
const next = (number: string): string => (BigInt(number) + 1n).toString()
const previous = (number: string): string => (BigInt(number) - 1n).toString()

/** In API format: `3000` or `12000-18000`. */
export const didRangeText = ({ from, to }: DidRange): string => (from === to ? from : `${from}-${to}`)

/** A pool in API format: `3000;12000-18000`. */
export const formatDids = (ranges: readonly DidRange[]): string => ranges.map(didRangeText).join(';')

/** The entries of a pool in API format, without surrounding spaces. */
export const didEntries = (text: string): readonly string[] =>
  text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Parses an entry that the API accepts; undefined if it is invalid. */
export function parseDid(entry: string): DidRange | undefined {
  const [, from = '', to = from] = /^\s*([1-9]\d*)(?:\s*-\s*([1-9]\d*))?\s*$/.exec(entry) ?? []
  return from !== '' && from.length === to.length && from <= to ? { from, to } : undefined
}

/** Why the API would not accept an entry; undefined if it would. */
export function didProblem(entry: string): string | undefined {
  if (parseDid(entry) !== undefined) return undefined
  const ends = /^(\+?\d+)(?:\s*-\s*(\+?\d+))?$/.exec(entry.trim())
  const [, from, to = from] = ends ?? []
  if (from === undefined || to === undefined) return `${entry} is neither a number nor a range like 12000-18000`
  const prefix = [from, to].map((end) => /^(?:\+|00?)/.exec(end)?.[0]).find((match) => match !== undefined)
  if (prefix !== undefined) return `${entry} starts with ${prefix}, which the PBX does not accept`
  if (from.length !== to.length) return `The ends of ${entry} have ${from.length} and ${to.length} digits`
  return `The range ${entry} ends before it starts`
}

/** The ranges of a pool; invalid entries are left out. */
export const parseDids = (text: string | null | undefined): readonly DidRange[] =>
  didEntries(text ?? '').flatMap((entry) => parseDid(entry) ?? [])

/** Sorted by their start, shorter numbers first. */
export const sortDids = (ranges: readonly DidRange[]): readonly DidRange[] =>
  ranges.toSorted((a, b) => compareDids(a.from, b.from) || compareDids(a.to, b.to))

/** Sorted, with overlapping and adjacent ranges merged. Ranges of different lengths are never adjacent. */
export function mergeDids(ranges: readonly DidRange[]): readonly DidRange[] {
  const merged: DidRange[] = []
  for (const range of sortDids(ranges)) {
    const last = merged.at(-1)
    if (last === undefined || last.to.length !== range.from.length || compareDids(range.from, next(last.to)) > 0)
      merged.push(range)
    else merged[merged.length - 1] = { from: last.from, to: later(last.to, range.to) }
  }
  return merged
}

/** How many different numbers the ranges contain. */
export const countDids = (ranges: readonly DidRange[]): bigint =>
  mergeDids(ranges).reduce((sum, { from, to }) => sum + BigInt(to) - BigInt(from) + 1n, 0n)

/** Ends are included: 1000-2000 and 2000-3000 overlap. */
const overlaps = (a: DidRange, b: DidRange): boolean => compareDids(a.from, b.to) <= 0 && compareDids(b.from, a.to) <= 0

export interface DidOverlap {
  readonly own: DidRange
  readonly theirs: DidRange
  /** The numbers in both ranges. */
  readonly shared: DidRange
}

const overlapOf = (mine: DidRange, theirs: DidRange): DidOverlap => ({
  own: mine,
  theirs,
  shared: { from: later(mine.from, theirs.from), to: earlier(mine.to, theirs.to) },
})

/** Every pair of overlapping ranges from the two lists. */
export function overlapsOf(mine: readonly DidRange[], theirs: readonly DidRange[]): readonly DidOverlap[] {
  const sorted = sortDids(theirs)
  let furthest = ''
  const reach = sorted.map(({ to }) => (furthest = later(furthest, to)))
  return mine.flatMap((range) => {
    const pairs: DidOverlap[] = []
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareDids(sorted[middle]?.from ?? '', range.to) <= 0) low = middle + 1
      else high = middle
    }
    // Earlier ranges end before this one begins.
    for (let at = low - 1; at >= 0 && compareDids(reach[at] ?? '', range.from) >= 0; at--) {
      const other = sorted[at]
      if (other !== undefined && overlaps(range, other)) pairs.unshift(overlapOf(range, other))
    }
    return pairs
  })
}

/** Pairs of overlapping ranges within one pool. */
export function selfOverlaps(ranges: readonly DidRange[]): readonly DidOverlap[] {
  const pairs: DidOverlap[] = []
  let widest: DidRange | undefined
  for (const range of sortDids(ranges)) {
    if (widest !== undefined && overlaps(widest, range)) pairs.push(overlapOf(range, widest))
    if (widest === undefined || compareDids(range.to, widest.to) > 0) widest = range
  }
  return pairs
}

/** The range that contains the number, if any. */
export const didRangeWith = (ranges: readonly DidRange[], number: string): DidRange | undefined =>
  ranges.find(({ from, to }) => compareDids(from, number) <= 0 && compareDids(number, to) <= 0)

/**
 * A range with a number that ends with these digits: numbers are stored with the country and area code, and often typed
 * without.
 */
export const didRangeEnding = (ranges: readonly DidRange[], digits: string): DidRange | undefined =>
  ranges.find(({ from, to }) => {
    if (from.length < digits.length) return false
    const step = 10n ** BigInt(digits.length)
    const first = BigInt(from)
    const ahead = (((BigInt(digits) - first) % step) + step) % step
    return first + ahead <= BigInt(to)
  })

/** The numbers of `before` that are not in `after`. */
export function removedDids(before: readonly DidRange[], after: readonly DidRange[]): readonly DidRange[] {
  const remaining = mergeDids(after)
  return mergeDids(before).flatMap((range) => {
    const removed: DidRange[] = []
    let from: string | undefined = range.from
    for (const remainingRange of remaining) {
      if (from === undefined || !overlaps({ from, to: range.to }, remainingRange)) continue
      if (compareDids(from, remainingRange.from) < 0) removed.push({ from, to: previous(remainingRange.from) })
      from = compareDids(remainingRange.to, range.to) < 0 ? next(remainingRange.to) : undefined
    }
    if (from !== undefined) removed.push({ from, to: range.to })
    return removed
  })
}
