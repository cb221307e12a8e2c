import { comparedCidr, type Cidr } from '@shared/domain/cidr'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchOf } from '@shared/rows/search'
import { cellMatch, type CellMatch } from '@shared/rows/value-match'
import { fold } from '@shared/text/fold'
import { plainText } from '@shared/text/plain-text'
import { typedNumber } from '@shared/rows/typed-value'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** Whether a row is found by a value that has what was typed, or by its text or the end of a value. */
export type Found = 'value' | 'text'

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
export const rangeOfRule = parsedCell('ip-rules', 'cidr', comparedCidr) as (row: StoredRow) => Cidr | undefined

/** The test for rows with a value that a word means: IP rules that overlap an address, assignments with a number. */
function valueFinder(resource: MergedId, word: string): ((row: StoredRow) => Found | undefined) | undefined {
  const key = valueKeys[resource]
  const match = key === undefined ? undefined : cellMatch(key, word)
  if (key === undefined || match === undefined) return undefined
  const cell = parsedCell(resource, key, match.parse)
  return (row) => {
    const parsed = cell(row)
    return match.test(parsed) ? (match.isWhole(parsed) ? 'value' : 'text') : undefined
  }
}

export interface RowFinder {
  /** A word that the text of each row contains that is found; undefined if a row can be found without one. */
  readonly required?: string
  /** Whether that word alone finds a row. */
  readonly isEnough: boolean
  readonly find: (text: string, row: StoredRow) => Found | undefined
}

const longest = (words: readonly string[]): string | undefined =>
  words.reduce<string | undefined>((best, word) => (word.length > (best?.length ?? 0) ? word : best), undefined)

/**
 * Finds the rows of a list in which each word that was typed occurs, or has a value that the word means. A telephone
 * number may have blanks and signs, but what was typed is found as it is, too: `2024-1177` can be a ticket.
 */
function rowFinder(resource: MergedId, typed: string): RowFinder {
  const words = searchOf(typed, 'all').parts
  const number = typedNumber(typed)
  const hasNumber = number === undefined ? undefined : valueFinder(resource, number)
  const tests = words.map((word) => ({ word, isValue: valueFinder(resource, word) }))
  const texts = tests.flatMap(({ word, isValue }) => (isValue === undefined ? [word] : []))
  const isText = number === undefined || (hasNumber === undefined && words.length === 1 && words[0] === number)
  const required = isText ? longest(texts) : undefined
  return {
    ...(required !== undefined && { required }),
    isEnough: words.length === 1 && required !== undefined,
    find: (text, row) => {
      const meant = hasNumber?.(row)
      if (meant !== undefined) return meant
      let found: Found = 'text'
      for (const { word, isValue } of tests) {
        const value = isValue?.(row)
        if (value !== undefined) found = words.length === 1 ? value : found
        else if (!text.includes(word)) return number !== undefined && text.includes(number) ? 'text' : undefined
      }
      return found
    },
  }
}

/** The folded names of servers, which every letter that is typed asks for. */
const foldedNames = new Map<string, string>()
const foldedNamesMax = 10_000

function foldedName(name: string): string {
  const known = foldedNames.get(name)
  if (known !== undefined) return known
  if (foldedNames.size >= foldedNamesMax) foldedNames.clear()
  const folded = fold(name)
  foldedNames.set(name, folded)
  return folded
}

/** The finders of what was typed, made once for all servers. */
export class Finders {
  private readonly made = new Map<string, RowFinder>()
  private readonly words: readonly string[]
  private readonly isNumber: boolean

  constructor(private readonly typed: string) {
    this.words = searchOf(typed, 'all').parts
    this.isNumber = typedNumber(typed) !== undefined
  }

  /**
   * On one server, whose name counts for each of its rows: "Contoso Berlin" is the tenant Contoso on a server in Berlin.
   * Undefined if the name has every word.
   */
  on(serverName: string, resource: MergedId): RowFinder | undefined {
    const name = foldedName(serverName)
    const others = this.words.filter((word) => !name.includes(word))
    if (others.length === 0) return undefined
    return this.of(resource, this.isNumber ? this.typed : others.join(' '))
  }

  of(resource: MergedId, text: string): RowFinder {
    const key = `${resource}\n${text}`
    const finder = this.made.get(key) ?? rowFinder(resource, text)
    this.made.set(key, finder)
    return finder
  }
}
