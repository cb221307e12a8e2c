import { separators } from '@shared/domain/import'
import { firstCsvRows } from '../exports/read/csv-rows'
import { countNames, isNamesRow } from './column-names'

/** What the separator is detected from. */
const sampleRows = 40
const sampleLength = 64 * 1024

interface Layout {
  readonly separator: string
  /** The rows above the header. */
  readonly titles: number
  /** How many columns the header names. */
  readonly named: number
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

/** Rows above the header have one cell, or fewer cells than the header and one that no column is called. */
function titlesOf(rows: readonly (readonly string[])[], width: number): number {
  const hasHeader = areNames(rows.find((cells) => cells.length === width && isTable(cells)))
  const first = rows.findIndex(
    (cells) => isTable(cells) && (cells.length === width || !hasHeader || areNames(cells) || cells.length > width),
  )
  return Math.max(0, first)
}

/** A line without the separator speaks more against it than one with a cell too few or too many. */
const withoutSeparator = 3

/** A header is not further down. */
const titlesMax = 10

/** The place of the row that names most columns, where it names more than the one that looks like the header. */
function headerPlace(rows: readonly (readonly string[])[], titles: number, names: ReadonlySet<string>): number {
  let [best, most] = [titles, countNames(filled(rows[titles] ?? []), names)]
  for (const [at, cells] of rows.slice(0, titlesMax).entries()) {
    const count = countNames(filled(cells), names)
    if (count > most && isNamesRow(filled(cells), names)) [best, most] = [at, count]
  }
  return best
}

function rate(separator: string, text: string, names: ReadonlySet<string>): Rated {
  const rows = firstCsvRows(text, separator, sampleRows)
  const width = usualWidth(rows)
  const titles = headerPlace(rows, titlesOf(rows, width), names)
  const score = rows
    .slice(titles)
    .map(({ length }) => (length === width ? 1 : length === 1 ? -withoutSeparator : -1))
    .reduce((sum, each) => sum + each, 0)
  const named = countNames(filled(rows[titles] ?? []), names)
  return { separator, titles, named, width, score: width < 2 ? -Infinity : score }
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
  return best ?? { separator: ',', titles: 0, named: 0 }
}
