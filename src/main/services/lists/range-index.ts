import { cidrOf, parseCidr, type Cidr } from '@shared/domain/cidr'

interface Range {
  readonly from: string
  readonly to: string
  readonly text: string
}

const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')

function rangeOf({ bytes, prefix, text }: Cidr): Range {
  const last = bytes.map((byte, at) => byte | (0xff >> Math.min(8, Math.max(0, prefix - at * 8))))
  return { from: hex(bytes), to: hex(last), text }
}

/** Ranges of which one contains another keep the outer one alone, so the ends are in order, too. */
function outermost(ranges: readonly Range[]): readonly Range[] {
  const sorted = ranges.toSorted(byStart)
  const kept: Range[] = []
  for (const range of sorted) if (range.from > (kept.at(-1)?.to ?? '')) kept.push(range)
  return kept
}

const byStart = (a: Range, b: Range): number =>
  a.from === b.from ? (a.to < b.to ? 1 : a.to > b.to ? -1 : 0) : a.from < b.from ? -1 : 1

/**
 * The smallest range that contains each range, both by their places; of two that are the same, the later one is within
 * the earlier one. Ranges that nothing contains, and undefined ones, are left out.
 */
export function enclosingRanges(ranges: readonly (Cidr | undefined)[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const family of ['ipv4', 'ipv6'] as const) {
    const sorted = ranges
      .flatMap((cidr, at) => (cidr?.family === family ? [{ at, range: rangeOf(cidr) }] : []))
      .toSorted((a, b) => byStart(a.range, b.range))
    const around: (typeof sorted)[number][] = []
    for (const each of sorted) {
      while ((around.at(-1)?.range.to ?? each.range.to) < each.range.to) around.pop()
      const outer = around.at(-1)
      if (outer !== undefined) found.set(each.at, outer.at)
      around.push(each)
    }
  }
  return found
}

/** Many ranges, asked by tens of thousands of others which of them they overlap. Text that is no range is left out. */
export class RangeIndex {
  private readonly families: Readonly<Record<Cidr['family'], readonly Range[]>>

  constructor(texts: readonly string[]) {
    const parsed = texts.map(parseCidr).flatMap((each) => (each.ok ? [each.cidr] : []))
    const of = (family: Cidr['family']): readonly Range[] =>
      outermost(parsed.filter((cidr) => cidr.family === family).map(rangeOf))
    this.families = { ipv4: of('ipv4'), ipv6: of('ipv6') }
  }

  /** Whether one of the ranges overlaps this one; false for text that is no range. */
  meets(text: string): boolean {
    const range = cidrOf(text)
    return range !== undefined && this.overlapping(range, 1).length > 0
  }

  /** Up to `max` of the ranges that overlap this one. */
  overlapping(cidr: Cidr, max: number): readonly string[] {
    const { from, to } = rangeOf(cidr)
    const ranges = this.families[cidr.family]
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.to ?? '') < from) low = middle + 1
      else high = middle
    }
    const found: string[] = []
    for (let at = low; at < ranges.length && found.length < max; at++) {
      const range = ranges[at]
      if (range === undefined || range.from > to) break
      found.push(range.text)
    }
    return found
  }
}
