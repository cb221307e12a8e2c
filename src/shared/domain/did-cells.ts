import { extensionsOf } from './did-ends'
import {
  anyDash,
  digitsOf,
  hasDigit,
  hasLetters,
  isNumber,
  isSomethingElse,
  longest,
  withoutPrefix,
} from './did-number'
import type { Extensions } from './did-offers'

/** A line of a table with two numbers that may be the first and the last one of a range. */
export interface DidRow {
  /** The cells with numbers: entries stay in one piece with this separator. */
  readonly text: string
  readonly numbers: readonly string[]
  readonly pair: readonly [string, string]
  /** Names, dates and the like. */
  readonly others: readonly string[]
}

const cellSeparator = /[\t|]/
const joint = ' | '

/** Without blanks and quotes around it. */
export const unquoted = (cell: string): string => cell.replace(/^[\s"'\u201c\u201d]+|[\s"'\u201c\u201d]+$/g, '')

const cellsOf = (line: string, separator: RegExp): readonly string[] =>
  line
    .split(separator)
    .map(unquoted)
    .filter((cell) => cell !== '')

const bareOf = (cell: string): string => withoutPrefix(digitsOf(cell))

const isCell = (cell: string): boolean => {
  const { length } = bareOf(cell)
  return length > 0 && length <= longest && !hasLetters(cell) && isNumber(cell)
}

/** The part in front of the dash, which the ends of a range share: 4930123-00 and 4930123-99, not 3000-3010 and 4000-4010. */
const shareBase = (first: string, second: string): boolean => {
  const [[base = '', ...more], [other = '', ...others]] = [first.split(anyDash), second.split(anyDash)]
  if (more.length === 0 || others.length === 0) return more.length === others.length
  return digitsOf(base) === digitsOf(other) && more.length === others.length
}

/** The extensions of a pair such as 4930123-0 and 4930123-99, or -99. */
export function rowExtensions([from, to]: readonly [string, string]): Extensions | undefined {
  return anyDash.test(from) && anyDash.test(to) ? extensionsOf({ from, to, sure: true }) : undefined
}

function mayBeRange([first, second]: readonly [string, string]): boolean {
  const [from, to] = [bareOf(first), bareOf(second)]
  return from.length === to.length && from < to && shareBase(first, second)
}

const lettersOf = /\p{L}/u
const isOther = (cell: string): boolean => !hasDigit(cell) || lettersOf.test(cell) || isSomethingElse(cell)

/** The two numbers that may be the ends of a range. Of more, such as a place in the list or a count, the longest. */
function pairOf(numbers: readonly string[]): readonly [string, string] | undefined {
  const [one = '', two = ''] = numbers
  if (numbers.length === 2 && rowExtensions([one, two]) !== undefined) return [one, two]
  const most = Math.max(...numbers.map((cell) => bareOf(cell).length))
  const [first, second, ...more] = numbers.filter((cell) => bareOf(cell).length === most)
  if (first === undefined || second === undefined || more.length > 0 || !mayBeRange([first, second])) return undefined
  return [first, second]
}

/** The cells of a line of a table with a pair of numbers that may be a range; undefined for any other line. */
export function cellsWithPair(line: string, separator: RegExp = cellSeparator): DidRow | undefined {
  if (!separator.test(line)) return undefined
  const cells = cellsOf(line, separator)
  const numbers = cells.filter((cell) => !isOther(cell))
  if (numbers.length < 2 || !numbers.every(isCell)) return undefined
  const pair = pairOf(numbers)
  return pair && { text: numbers.join(joint), numbers, pair, others: cells.filter(isOther) }
}

/** Separators of columns that separate the numbers of a list, too, and what a cell is then. */
const doubtfulSeparators = [
  { separator: /;/, cell: /^\+?\d{3,}$/, maxOthers: Infinity },
  { separator: /,/, cell: /^\+?\d{3,}$/, maxOthers: Infinity },
  { separator: /\s+/, cell: /^\+?\d{7,}$/, maxOthers: 0 },
]

type Columns = (typeof doubtfulSeparators)[number]

/** The lines with the separator of cells; undefined if one of them is no row with a pair. */
function rowsOf(lines: readonly string[], { separator, cell, maxOthers }: Columns): readonly string[] | undefined {
  const rows: string[] = []
  let count = 0
  for (const line of lines) {
    if (!hasDigit(line)) {
      rows.push(line)
      continue
    }
    const row = cellsWithPair(line, separator)
    if (row?.numbers.length !== 2 || row.others.length > maxOthers) return undefined
    if (!row.numbers.every((number) => cell.test(number))) return undefined
    rows.push([row.text, ...row.others].join(joint))
    count++
  }
  return count > 1 ? rows : undefined
}

/** A text of which every line may be a range in two columns has the separator of cells between them. */
export function inRows(lines: readonly string[]): readonly string[] {
  for (const columns of doubtfulSeparators) {
    const rows = rowsOf(lines, columns)
    if (rows !== undefined) return rows
  }
  return lines
}
