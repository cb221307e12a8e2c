import { cidrOf, overlaps, type Cidr } from '../domain/cidr'
import { didRangeWith, parseDids, type DidRange } from '../domain/did'
import { typedAddress, typedNumber } from '../text/typed-value'

/** The test of parsed cells for a value that a word means. */
export interface CellMatch {
  readonly parse: (cell: string) => unknown
  readonly test: (parsed: unknown) => boolean
}

/**
 * Cells whose value contains what a word means, whatever their text is: a range an address, a pool of DIDs a number.
 * Undefined if the word is no such value, or the column has none.
 */
export function cellMatch(key: string, word: string): CellMatch | undefined {
  if (key === 'cidr') {
    const range = typedAddress(word)
    if (range === undefined) return undefined
    return { parse: cidrOf, test: (cell) => cell !== undefined && overlaps(cell as Cidr, range) }
  }
  if (key === 'did_numbers') {
    const number = typedNumber(word)
    if (number === undefined) return undefined
    return { parse: parseDids, test: (cell) => didRangeWith(cell as readonly DidRange[], number) !== undefined }
  }
  return undefined
}
