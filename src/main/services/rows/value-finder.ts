import { cidrOf, type Cidr } from '@shared/domain/cidr'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchOf } from '@shared/rows/search'
import { cellMatch, type CellMatch } from '@shared/rows/value-match'
import { plainText } from '@shared/text/plain-text'
import { typedNumber } from '@shared/text/typed-value'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** The lists that have values to compare as values, with their field. */
const valueKeys: { readonly [resource in MergedId]?: string } = {
  'ip-rules': 'cidr',
  'trunk-assignments': 'did_numbers',
}

/** The parsed value of each row, by its list: parsed once. */
const parsedCells = new Map<MergedId, WeakMap<StoredRow, { readonly value: unknown }>>()

function parsedCell(resource: MergedId, key: string, parse: CellMatch['parse']): (row: StoredRow) => unknown {
  const parsed = parsedCells.get(resource) ?? new WeakMap<StoredRow, { readonly value: unknown }>()
  parsedCells.set(resource, parsed)
  const place = storedFields(resource).places.get(key) ?? -1
  return (row) => {
    const known = parsed.get(row) ?? { value: parse(plainText(row.cells[place])) }
    parsed.set(row, known)
    return known.value
  }
}

/** The range of an IP rule; undefined if it is none. */
export const rangeOfRule = parsedCell('ip-rules', 'cidr', cidrOf) as (row: StoredRow) => Cidr | undefined

/** The test for rows with a value that a word means: IP rules that overlap an address, assignments with a number. */
function valueFinder(resource: MergedId, word: string): ((row: StoredRow) => boolean) | undefined {
  const key = valueKeys[resource]
  const match = key === undefined ? undefined : cellMatch(key, word)
  if (key === undefined || match === undefined) return undefined
  const cell = parsedCell(resource, key, match.parse)
  return (row) => match.test(cell(row))
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
