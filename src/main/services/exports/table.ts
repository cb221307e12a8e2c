import type { ExportColumn } from '@shared/domain/export'
import { valueAt, type ApiRecord } from '@shared/resources/nested'

export type TextRow = readonly string[]

/** Rows of text as they stand in an export, in the order of its columns. A large file may not be read as a whole yet. */
export interface TextTable {
  readonly columns: readonly ExportColumn[]
  readonly notes: readonly string[]
  readonly count: number
  /** One row; cheap for those of a page. */
  row(place: number): TextRow
  /** Every row; the first call reads what was not read yet. */
  all(): readonly TextRow[]
  /** Reads a part of what was not read yet; false when nothing is left. */
  readOn(): boolean
}

/** A table whose rows are all at hand. */
export const wholeTable = (
  columns: readonly ExportColumn[],
  rows: readonly TextRow[],
  notes: readonly string[] = [],
): TextTable => ({
  columns,
  notes,
  count: rows.length,
  row: (place) => rows[place] ?? [],
  all: () => rows,
  readOn: () => false,
})

/** How a value of the API stands in a text file; blank ones, which the API gives as null, are empty. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Reads a row's cells in the order of the columns; a dotted key stands inside an object. */
export function cellsOf(columns: readonly ExportColumn[]): (row: ApiRecord) => string[] {
  const read = columns.map(({ key }) =>
    key.includes('.') ? (row: ApiRecord) => valueAt(row, key) : (row: ApiRecord) => row[key],
  )
  return (row) => read.map((cell) => cellText(cell(row)))
}
