import { separators } from '@shared/domain/import'
import { firstCsvRows } from '../exports/read/csv-rows'
import { countNames, isNamesRow, namesAll, plainName, withText } from './column-names'
import { isAddressCell, isHostCell, isValueCell } from './value-cell'

/** What the separator is detected from. */
const sampleRows = 40
const sampleLength = 64 * 1024

interface Layout {
  readonly separator: string
  /** The rows above the header. */
  readonly titles: number
  /** Whether the header is known by the names of its columns. */
  readonly isNamed: boolean
}

interface Rated extends Layout {
  readonly width: number
  readonly score: number
}

/** Spreadsheets end each row with separators up to their widest one. */
export const filled = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)

const isTable = (cells: readonly string[]): boolean => filled(cells).length > 1

/** The number of cells that most rows have; of several the first one. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>()
  for (const { length } of rows.filter(isTable)) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 1
}

const nameLength = 40
/** A column may be called so: no date, number or address. */
const isName = (cell: string): boolean => cell.length <= nameLength && /^[^\d.@:]*\p{L}[^.@:]*$/u.test(cell.trim())
const areNames = (cells: readonly string[] = []): boolean => cells.length > 1 && filled(cells).every(isName)

/** It stands in rows, not in titles. */
const isData = (cell: string): boolean => isValueCell(cell) || isHostCell(cell)

/** A single cell in a row, which is no address and no known name of a column. */
const isLoneTitle = (cells: readonly string[], names: ReadonlySet<string>): boolean =>
  !cells.some((cell) => isAddressCell(cell) || names.has(plainName(cell)))

/** Rows above the header have one cell, or fewer cells than the header: one that no column is called, and no value. */
function titlesOf(rows: readonly (readonly string[])[], width: number, names: ReadonlySet<string>): number {
  if (!rows.some(isTable)) return 0
  const hasHeader = areNames(rows.find((cells) => cells.length === width && isTable(cells)))
  const isTitle = (cells: readonly string[]): boolean =>
    isTable(cells)
      ? hasHeader && cells.length < width && !areNames(cells) && !cells.some(isData)
      : isLoneTitle(cells, names)
  return Math.max(
    0,
    rows.findIndex((cells) => !isTitle(cells)),
  )
}

/** Most of its cells are what columns may be called, and the others may name columns as well. */
function isNamedHeader(row: readonly string[], names: ReadonlySet<string>): boolean {
  const cells = withText(row)
  const mayName = (cell: string): boolean =>
    names.has(plainName(cell)) || (cell.length <= nameLength && /\p{L}/u.test(cell) && !isData(cell))
  return cells.length > 1 && countNames(cells, names) * 2 > cells.length && cells.every(mayName)
}

/** A row that cannot be data. One with as many cells as the header is a title only if each cell of the header is known. */
function isTitleOf(header: readonly string[], above: readonly string[], names: ReadonlySet<string>): boolean {
  const [cells, { length }] = [withText(above), withText(header)]
  if (cells.length < 2) return isLoneTitle(cells, names)
  return !cells.some(isData) && (cells.length < length || (cells.length === length && namesAll(header, names)))
}

/** A line without the separator speaks more against it than one with a cell too few or too many. */
const withoutSeparator = 3

/** A header is not further down. */
const titlesMax = 10

/** The place of the first row that names columns if only titles are above it, else of the one that looks like the header. */
function headerPlace(rows: readonly (readonly string[])[], titles: number, names: ReadonlySet<string>): number {
  const at = rows.slice(0, titlesMax).findIndex((cells) => isNamesRow(withText(cells), names))
  const header = rows[at]
  if (header === undefined) return titles
  const isFound = isNamedHeader(header, names) && rows.slice(0, at).every((above) => isTitleOf(header, above, names))
  return isFound ? at : Math.min(at, titles)
}

function rate(separator: string, text: string, names: ReadonlySet<string>): Rated {
  const rows = firstCsvRows(text, separator, sampleRows)
  const width = usualWidth(rows)
  const titles = headerPlace(rows, titlesOf(rows, width, names), names)
  const score = rows
    .slice(titles)
    .map(({ length }) => (length === width ? 1 : length === 1 ? -withoutSeparator : -1))
    .reduce((sum, each) => sum + each, 0)
  const isNamed = isNamedHeader(rows[titles] ?? [], names)
  return { separator, titles, isNamed, width, score: width < 2 ? -Infinity : score }
}

/**
 * The separator by which most of the first rows have the same number of cells, and the number of titles above the
 * header; of several the separator that makes more columns. `names` are what columns may be called.
 */
export function layoutOf(text: string, names: ReadonlySet<string>, candidates: readonly string[] = separators): Layout {
  const start = text.slice(0, sampleLength)
  const [best] = candidates
    .map((separator) => rate(separator, start, names))
    .toSorted((a, b) => (a.score === b.score ? b.width - a.width : b.score - a.score))
  return best ?? { separator: ',', titles: 0, isNamed: false }
}
