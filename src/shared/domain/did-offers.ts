import { parseDid } from './did'
import { anyDash, digitsOf, groupsOf, longest, spacedDash, withoutPrefix } from './did-number'

/** What an entry that is not surely a number may be: several entries of a kind can be read the same way in one step. */
export type DidReading = 'range' | 'number' | 'numbers' | 'entries'

/** Another reading of an entry, offered to the user. */
export interface DidOffer {
  readonly kind: 'prefix' | 'swap' | 'pad' | DidReading
  readonly label: string
  readonly text: string
}

export const offer = (kind: DidOffer['kind'], label: string, text: string): readonly DidOffer[] =>
  parseDid(text) === undefined ? [] : [{ kind, label, text }]

/** As `offer`, of digits that were put together: none for more digits than a number has. */
export const joinedOffer = (kind: DidReading, label: string, text: string): readonly DidOffer[] =>
  text.split('-').some(({ length }) => length > longest) ? [] : offer(kind, label, text)

export function offersFor(from: string, to: string): readonly DidOffer[] {
  const [a, b] = [withoutPrefix(from), withoutPrefix(to)]
  if (a !== from || b !== to) return offer('prefix', 'Remove prefix', a === b ? a : `${a}-${b}`)
  if (a.length === b.length) return offer('swap', 'Swap', `${b}-${a}`)
  return a.length < b.length && b.length <= longest
    ? offer('pad', 'Pad with zeros', `${a.padEnd(b.length, '0')}-${b}`)
    : []
}

/** The groups of several numbers that all begin with the same group, as in 49 30 1000 49 30 1001. */
function repeated(groups: readonly string[]): readonly string[] | undefined {
  const size = groups.indexOf(groups[0] ?? '', 1)
  if (size < 2 || groups.length % size !== 0) return undefined
  const numbers = groups.flatMap((_, at) => (at % size === 0 ? [groups.slice(at, at + size)] : []))
  return numbers.every(([start]) => start === groups[0]) ? numbers.map((number) => number.join('')) : undefined
}

const listOffer = (kind: 'numbers' | 'entries', entries: readonly string[]): readonly DidOffer[] =>
  entries.length > 1 && entries.every((entry) => parseDid(entry) !== undefined)
    ? [{ kind, label: `${entries.length} ${kind}`, text: entries.join(';') }]
    : []

/** The readings of a range of which an end may be several numbers, as in 100 - 200 300. */
export function offersForRange(from: string, to: string): readonly DidOffer[] {
  const [start, end] = [groupsOf(from), groupsOf(to)]
  const [last = '', ...more] = end
  const withMore = `${start.at(-1) ?? ''}-${last}`
  const whole = [...start.slice(0, -1), withMore, ...more]
  return [...joinedOffer('range', 'One range', `${start.join('')}-${end.join('')}`), ...listOffer('entries', whole)]
}

/** Its readings: a range, one number, or several. */
export function offersForSeveral(source: string): readonly DidOffer[] {
  const groups = groupsOf(source)
  const same = repeated(groups)
  const numbers = spacedDash.test(source) ? [] : [...listOffer('numbers', same ?? []), ...listOffer('numbers', groups)]
  const ends = same ?? groups
  return [
    ...(ends.length === 2 && !anyDash.test(source) ? joinedOffer('range', 'Range', ends.join('-')) : []),
    ...joinedOffer('number', 'One number', groups.join('')),
    ...numbers,
  ]
}

/** The readings of a line of a table: the first and the last number of a range, or a list of numbers. */
export function offersForCells(cells: readonly string[], pair: readonly string[]): readonly DidOffer[] {
  const plain = (texts: readonly string[]): readonly string[] => texts.map((text) => withoutPrefix(digitsOf(text)))
  return [...joinedOffer('range', 'Range', plain(pair).join('-')), ...listOffer('numbers', plain(cells))]
}

/** A range that is written with the extensions behind a number, as in 4930123-0 to -99. */
export interface Extensions {
  readonly base: string
  readonly first: string
  readonly last: string
}

/**
 * Its readings if they differ in length. Behind a switchboard with the extension 0, no other extension begins with 0,
 * so that -0 to -99 may be 0 and 10 to 99, too.
 */
export function offersForExtensions({ base, first, last }: Extensions): readonly DidOffer[] {
  const start = withoutPrefix(base)
  const short = last.length < first.length
  const end = start + (short ? first.slice(0, first.length - last.length) : '') + last
  const padded = [first.padStart(last.length, '0'), first.padEnd(last.length, '0')]
  const ranges = [...new Set(padded.map((extension) => `${start}${extension}-${end}`))]
  return [
    ...ranges.flatMap((range) => joinedOffer('range', 'Range', range)),
    ...(first === '0' && last.length > 1 && end.length <= longest
      ? listOffer('entries', [`${start}0`, `${start}1${'0'.repeat(last.length - 1)}-${end}`])
      : []),
  ]
}
