import { comparedCidr, meets, type Cidr } from '../domain/cidr'
import { didRangeEnding, didRangeWith, parseDids, type DidRange } from '../domain/did'
import { typedAddress, typedNumber } from './typed-value'

/** The test of parsed cells for a value that a word means. */
export interface CellMatch {
  readonly parse: (cell: string) => unknown
  readonly test: (parsed: unknown) => boolean
  /** Whether a cell that matches has the value, and not only one that ends like it. */
  readonly isWhole: (parsed: unknown) => boolean
}

/** Digits from which on numbers are found by their end; almost every pool has a number that ends with fewer. */
const endingMin = 6

/**
 * Cells whose value contains what a word means, whatever their text is: a range an address, a pool of DIDs a number, also
 * one without its country or area code.
 * Undefined if the word is no such value, or the column has none.
 */
export function cellMatch(key: string, word: string): CellMatch | undefined {
  if (key === 'cidr') {
    const range = typedAddress(word)
    if (range === undefined) return undefined
    return {
      parse: comparedCidr,
      test: (cell) => cell !== undefined && meets(cell as Cidr, range),
      isWhole: () => true,
    }
  }
  if (key === 'did_numbers') {
    const number = typedNumber(word)
    if (number === undefined) return undefined
    const isWhole = (cell: unknown): boolean => didRangeWith(cell as readonly DidRange[], number) !== undefined
    const isEnding = (cell: unknown): boolean =>
      number.length >= endingMin && didRangeEnding(cell as readonly DidRange[], number) !== undefined
    return { parse: parseDids, test: (cell) => isWhole(cell) || isEnding(cell), isWhole }
  }
  return undefined
}
