import { matchTiers, type MatchTier } from '@shared/fleet/search'
import { searchText } from '@shared/rows/search'
import { cellMatch } from '@shared/rows/value-match'
import { searchedWords, typedNumber } from '@shared/rows/typed-value'
import { titleTier } from './title-tier'

/** The fields that have values to compare as values: a range an address, a pool of DIDs a number. */
const valueKeys = ['cidr', 'did_numbers'] as const

/** A value of such a field. */
interface SearchedValue {
  readonly key: (typeof valueKeys)[number]
  readonly cell: string
}

/** What a search looks in: an entry of the journal or an export. */
export interface Searched {
  /** Folded values between zeros, the title first. */
  readonly text: string
  /** Length of the values of the thing itself in `text`. Others, such as its server, are no exact match. */
  readonly ownLength: number
  readonly values: readonly SearchedValue[]
}

const noValues: readonly SearchedValue[] = []

/** `own` begins with the title; `others` are the values around the thing, such as its server and time. */
export function searchedOf(
  own: readonly unknown[],
  others: readonly unknown[],
  values: readonly SearchedValue[] = noValues,
): Searched {
  const ownText = `\u0000${searchText(own)}\u0000`
  return { text: `${ownText}${searchText(others)}\u0000`, ownLength: ownText.length, values }
}

/** The values of a record that are compared as values. */
export const valuesIn = (record: Readonly<Record<string, unknown>>): readonly SearchedValue[] =>
  valueKeys.flatMap((key) => {
    const cell = record[key]
    return typeof cell === 'string' && cell !== '' ? { key, cell } : []
  })

const two = (value: number): string => String(value).padStart(2, '0')

/** A time as a search finds it in any locale: in UTC, and in the zone of the computer as `2026-11-24 15:30`. */
export function timeTexts(time: string): readonly string[] {
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return [time]
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return [time, `${day} ${two(at.getHours())}:${two(at.getMinutes())}`]
}

/** Parsed once: a search with an address looks at all of them with each letter. */
const parsedValues = new WeakMap<SearchedValue, { readonly parsed: unknown }>()

/** The test for a value that a word means; undefined if the word is no such value. */
function valueTest(word: string): ((values: readonly SearchedValue[]) => boolean) | undefined {
  const matches = valueKeys.flatMap((key) => {
    const match = cellMatch(key, word)
    return match === undefined ? [] : { key, match }
  })
  if (matches.length === 0) return undefined
  return (values) =>
    values.some((value) =>
      matches.some(({ key, match }) => {
        if (key !== value.key) return false
        const known = parsedValues.get(value) ?? { parsed: match.parse(value.cell) }
        parsedValues.set(value, known)
        return match.test(known.parsed)
      }),
    )
}

/** How well something matches what was typed; undefined if it does not. */
type Matcher = (searched: Searched) => MatchTier | undefined

/**
 * Each word has to occur, or has to be meant by a value, as in the search of rows. Undefined if nothing was typed.
 */
export function matcherOf(typed: string): Matcher | undefined {
  const words = searchedWords(typed)
  const whole = words.join(' ')
  if (whole === '') return undefined
  const number = typedNumber(whole)
  const tests = words.map((word) => ({ word, isMeant: valueTest(word) }))
  const isWholeMeant = valueTest(number ?? whole)
  const alsoNumber = number === undefined ? [] : [number]
  const exact = [whole, ...alsoNumber].map((value) => `\u0000${value}\u0000`)
  const starts = [...words.slice(0, 1), ...alsoNumber]
  return ({ text, ownLength, values }) => {
    if (isWholeMeant?.(values) === true) return matchTiers.exact
    const isFound =
      tests.every(({ word, isMeant }) => text.includes(word) || isMeant?.(values) === true) ||
      (number !== undefined && text.includes(number))
    if (!isFound) return undefined
    const isExact = exact.some((value) => {
      const at = text.indexOf(value)
      return at >= 0 && at < ownLength - 1
    })
    return isExact ? matchTiers.exact : titleTier(text.slice(1, text.indexOf('\u0000', 1)), starts)
  }
}
