import { separators } from '@shared/domain/import'
import { firstCsvRows } from '../exports/read/csv-rows'

/** What the separator is detected from. */
const sampleRows = 40
const sampleLength = 64 * 1024

interface Layout {
  readonly separator: string
  /** The rows above the header. */
  readonly titles: number
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

function rate(separator: string, text: string): Rated {
  const rows = firstCsvRows(text, separator, sampleRows)
  const width = usualWidth(rows)
  const titles = titlesOf(rows, width)
  const score = rows
    .slice(titles)
    .map(({ length }) => (length === width ? 1 : length === 1 ? -withoutSeparator : -1))
    .reduce((sum, each) => sum + each, 0)
  return { separator, titles, width, score: width < 2 ? -Infinity : score }
}

/**
 * The separator by which most of the first rows have the same number of cells, and the number of titles above the
 * header; of several the separator that makes more columns.
 */
export function layoutOf(text: string, candidates: readonly string[] = separators): Layout {
  const start = text.slice(0, sampleLength)
  const [best] = candidates
    .map((separator) => rate(separator, start))
    .toSorted((a, b) => (a.score === b.score ? b.width - a.width : b.score - a.score))
  return best ?? { separator: ',', titles: 0 }
}
