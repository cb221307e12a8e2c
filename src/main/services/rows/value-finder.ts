import { overlaps, type Cidr } from '@shared/domain/cidr'
import { didRangeWith, parseDids, type DidRange } from '@shared/domain/did'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchOf } from '@shared/rows/search'
import { cidrOf } from '@shared/rows/value-match'
import { plainText } from '@shared/text/plain-text'
import { typedAddress, typedNumber } from '@shared/text/typed-value'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** A value of a row in the form in which it is compared, parsed once. */
function parsedCell<T>(resource: MergedId, key: string, parse: (text: string) => T): (row: StoredRow) => T {
  const parsed = new WeakMap<StoredRow, { readonly value: T }>()
  const place = storedFields(resource).places.get(key) ?? -1
  return (row) => {
    const known = parsed.get(row) ?? { value: parse(plainText(row.cells[place])) }
    parsed.set(row, known)
    return known.value
  }
}

/** The range of an IP rule; undefined if it is none. */
export const rangeOfRule = parsedCell<Cidr | undefined>('ip-rules', 'cidr', cidrOf)
/** The numbers of an assignment. */
export const numbersOfAssignment = parsedCell<readonly DidRange[]>('trunk-assignments', 'did_numbers', parseDids)

/** The test for rows with a value that a word means: IP rules that overlap an address, assignments with a number. */
function valueFinder(resource: MergedId, word: string): ((row: StoredRow) => boolean) | undefined {
  if (resource === 'ip-rules') {
    const range = typedAddress(word)
    if (range === undefined) return undefined
    return (row) => {
      const rule = rangeOfRule(row)
      return rule !== undefined && overlaps(rule, range)
    }
  }
  if (resource === 'trunk-assignments') {
    const number = typedNumber(word)
    if (number === undefined) return undefined
    return (row) => didRangeWith(numbersOfAssignment(row), number) !== undefined
  }
  return undefined
}

/** Whether a row is found by what its value means, or by its text. */
export type Found = 'value' | 'text'

export interface RowFinder {
  /** Set if a row is found by this word in its text alone. */
  readonly only?: string
  readonly find: (text: string, row: StoredRow) => Found | undefined
}

/**
 * Finds the rows of a list in which each word that was typed occurs, or has a value that the word means. A telephone
 * number may have blanks and signs, but what was typed is found as it is, too: `2024-1177` can be a ticket.
 */
export function rowFinder(resource: MergedId, typed: string): RowFinder {
  const words = searchOf(typed, 'all').parts
  const number = typedNumber(typed)
  const [only] = words
  if (only !== undefined && words.length === 1 && (number ?? only) === only) {
    const isMeant = valueFinder(resource, only)
    if (isMeant === undefined) return { only, find: (text) => (text.includes(only) ? 'text' : undefined) }
    return { find: (text, row) => (isMeant(row) ? 'value' : text.includes(only) ? 'text' : undefined) }
  }
  const tests = words.map((word) => ({ word, isValue: valueFinder(resource, word) }))
  const hasNumber = number === undefined ? undefined : valueFinder(resource, number)
  return {
    find: (text, row) => {
      if (hasNumber?.(row) === true) return 'value'
      if (tests.every(({ word, isValue }) => text.includes(word) || isValue?.(row) === true)) return 'text'
      return number !== undefined && text.includes(number) ? 'text' : undefined
    },
  }
}
