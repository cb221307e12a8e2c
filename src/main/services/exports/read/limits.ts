import type { TableLimits } from '@shared/domain/file-limits'
import { FleetError } from '@shared/ipc/result'
import type { TextRow } from '../table'

export const numberText = (value: number): string => value.toLocaleString()
export const megabytes = (bytes: number): string => `${numberText(Math.ceil(bytes / 1024 / 1024))} MB`

/** A file beyond a limit: what it has, what it may have, and what to do about it. */
export const overLimit = (has: string, limit: string, hint: string): FleetError =>
  new FleetError({ code: 'damaged', message: `The file has ${has}. The limit is ${limit}.`, hint })

const split = 'Split it into smaller files.'

export function checkBytes(bytes: number, limits: TableLimits): void {
  if (bytes > limits.bytes) throw overLimit(megabytes(bytes), megabytes(limits.bytes), split)
}

/** `row` is where they are, if it is one row. */
export function checkColumns(columns: number, limits: TableLimits, row?: number): void {
  if (columns <= limits.columns) return
  const hint = 'Delete the columns that are not needed, and check that the separator is right.'
  throw overLimit(
    `${numberText(columns)} columns${row === undefined ? '' : ` in row ${numberText(row)}`}`,
    numberText(limits.columns),
    hint,
  )
}

/** `rows` may be a count so far: a file is not read to its end beyond the limit. */
export function checkRows(rows: number, limits: TableLimits): void {
  if (rows > limits.rows)
    throw overLimit(`more than ${numberText(limits.rows)} rows`, `${numberText(limits.rows)} rows`, split)
}

export function checkLines(lines: number, limits: TableLimits): void {
  if (lines <= limits.lines) return
  const most = numberText(limits.lines)
  throw overLimit(`more than ${most} lines`, `${most} lines`, 'Remove the blank lines, or split it into smaller files.')
}

/** The area of a table, before anything of that size is made. */
export function checkCells(rows: number, columns: number, limits: TableLimits): void {
  if (rows * columns <= limits.cells) return
  const has = `${numberText(rows * columns)} cells (${numberText(rows)} rows and ${numberText(columns)} columns)`
  throw overLimit(has, numberText(limits.cells), `${split} Cells far outside the table count, even if they are empty.`)
}

/** `row` is its number for a person. */
export function checkCellLengths(cells: TextRow, row: number, limits: TableLimits): void {
  for (const { length } of cells)
    if (length > limits.cellLength)
      throw overLimit(
        `a cell of ${numberText(length)} characters in row ${numberText(row)}`,
        `${numberText(limits.cellLength)} characters`,
        'Check that each quoted cell is closed.',
      )
}

/** Names of columns stand above the table in full. */
export function checkNames(names: TextRow, limits: TableLimits): void {
  const longest = names.reduce((most, { length }) => Math.max(most, length), 0)
  if (longest <= limits.nameLength) return
  const hint = 'Check that the first row names the columns and that the separator is right.'
  throw overLimit(
    `a column name of ${numberText(longest)} characters`,
    `${numberText(limits.nameLength)} characters`,
    hint,
  )
}

/** For tables whose cells share one text, as in workbooks: together they may be far larger than the file. */
export function checkTextLength(rows: readonly TextRow[], limits: TableLimits): void {
  let total = 0
  for (const row of rows) for (const { length } of row) total += length
  if (total <= limits.textLength) return
  throw overLimit(`${numberText(total)} characters in its cells`, numberText(limits.textLength), split)
}
