/**
 * A DID number, or a range of numbers of one length with both ends in it. Digits alone, the first one 1 to 9. Numbers may be longer than what a JavaScript
 * number holds exactly: they stay text, and are compared as text or as BigInt.
 */
export interface DidRange {
  readonly from: string
  readonly to: string
}

/** Below zero, zero or above as the number `a` comes before, is, or comes after `b`. */
export const compareDids = (a: string, b: string): number =>
  a.length === b.length ? (a === b ? 0 : a < b ? -1 : 1) : a.length - b.length

const later = (a: string, b: string): string => (compareDids(a, b) >= 0 ? a : b)
const earlier = (a: string, b: string): string => (compareDids(a, b) <= 0 ? a : b)
const next = (number: string): string => (BigInt(number) + 1n).toString()
const previous = (number: string): string => (BigInt(number) - 1n).toString()

/** As the API writes it: `3000` or `12000-18000`. */
export const didRangeText = ({ from, to }: DidRange): string => (from === to ? from : `${from}-${to}`)

/** As the API writes a pool: `3000;12000-18000`. */
export const formatDids = (ranges: readonly DidRange[]): string => ranges.map(didRangeText).join(';')

/** The entries of a pool as the API writes it; blanks around an entry do not count. */
export const didEntries = (text: string): readonly string[] =>
  text
    .split(';')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** What the API takes as one entry; undefined where it is none. */
export function parseDid(entry: string): DidRange | undefined {
  const [, from = '', to = from] = /^\s*([1-9]\d*)(?:\s*-\s*([1-9]\d*))?\s*$/.exec(entry) ?? []
  return from !== '' && from.length === to.length && from <= to ? { from, to } : undefined
}

/** Why the API would not take an entry, in words for the person. */
export function didProblem(entry: string): string | undefined {
  if (parseDid(entry) !== undefined) return undefined
  const ends = /^(\+?\d+)(?:\s*-\s*(\+?\d+))?$/.exec(entry.trim())
  const [, from, to = from] = ends ?? []
  if (from === undefined || to === undefined) return `${entry} is neither a number nor a range like 12000-18000`
  const prefix = [from, to].map((end) => /^(?:\+|00?)/.exec(end)?.[0]).find((found) => found !== undefined)
  if (prefix !== undefined) return `${entry} starts with ${prefix}, which the PBX does not accept`
  if (from.length !== to.length) return `The ends of ${entry} have ${from.length} and ${to.length} digits`
  return `The range ${entry} ends before it starts`
}

/** The ranges of a pool; entries that are none are left out. */
export const parseDids = (text: string | null | undefined): readonly DidRange[] =>
  didEntries(text ?? '').flatMap((entry) => parseDid(entry) ?? [])

/** By their beginnings, shorter numbers first. */
export const sortDids = (ranges: readonly DidRange[]): readonly DidRange[] =>
  ranges.toSorted((a, b) => compareDids(a.from, b.from) || compareDids(a.to, b.to))

/** Sorted, with ranges that overlap or touch made one. Ranges of different lengths never touch. */
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

/** How many numbers they hold; one that stands in two of them counts once. */
export const countDids = (ranges: readonly DidRange[]): bigint =>
  mergeDids(ranges).reduce((sum, { from, to }) => sum + BigInt(to) - BigInt(from) + 1n, 0n)

/** End points count: 1000-2000 and 2000-3000 overlap. */
const overlaps = (a: DidRange, b: DidRange): boolean => compareDids(a.from, b.to) <= 0 && compareDids(b.from, a.to) <= 0

export interface DidOverlap {
  readonly mine: DidRange
  readonly theirs: DidRange
  /** The numbers that stand in both. */
  readonly shared: DidRange
}

const overlapOf = (mine: DidRange, theirs: DidRange): DidOverlap => ({
  mine,
  theirs,
  shared: { from: later(mine.from, theirs.from), to: earlier(mine.to, theirs.to) },
})

/** Every pair of ranges, one of each side, that has numbers in common. */
export function overlapsOf(mine: readonly DidRange[], theirs: readonly DidRange[]): readonly DidOverlap[] {
  const sorted = sortDids(theirs)
  let furthest = ''
  const reach = sorted.map(({ to }) => (furthest = later(furthest, to)))
  return mine.flatMap((range) => {
    const found: DidOverlap[] = []
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareDids(sorted[middle]?.from ?? '', range.to) <= 0) low = middle + 1
      else high = middle
    }
    // Further back, none reaches as far as this range begins.
    for (let at = low - 1; at >= 0 && compareDids(reach[at] ?? '', range.from) >= 0; at--) {
      const other = sorted[at]
      if (other !== undefined && overlaps(range, other)) found.unshift(overlapOf(range, other))
    }
    return found
  })
}

/** Pairs within one pool that have numbers in common. */
export function selfOverlaps(ranges: readonly DidRange[]): readonly DidOverlap[] {
  const found: DidOverlap[] = []
  let widest: DidRange | undefined
  for (const range of sortDids(ranges)) {
    if (widest !== undefined && overlaps(widest, range)) found.push(overlapOf(range, widest))
    if (widest === undefined || compareDids(range.to, widest.to) > 0) widest = range
  }
  return found
}

/** The range that contains the number, if one does. */
export const didRangeWith = (ranges: readonly DidRange[], number: string): DidRange | undefined =>
  ranges.find(({ from, to }) => compareDids(from, number) <= 0 && compareDids(number, to) <= 0)

/** The numbers of `before` that `after` does not hold. */
export function removedDids(before: readonly DidRange[], after: readonly DidRange[]): readonly DidRange[] {
  const kept = mergeDids(after)
  return mergeDids(before).flatMap((range) => {
    const gone: DidRange[] = []
    let from: string | undefined = range.from
    for (const each of kept) {
      if (from === undefined || !overlaps({ from, to: range.to }, each)) continue
      if (compareDids(from, each.from) < 0) gone.push({ from, to: previous(each.from) })
      from = compareDids(each.to, range.to) < 0 ? next(each.to) : undefined
    }
    if (from !== undefined) gone.push({ from, to: range.to })
    return gone
  })
}
