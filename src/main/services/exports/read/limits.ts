import { printNumber } from '@shared/format/print-number'
import type { TableLimits } from '@shared/limits/files'
import { FleetError } from '@shared/ipc/result'
import type { TextRow } from '../table'

/** Rounded up, so that a file over a limit never has the limit's size. */
export const megabytes = (bytes: number): string => `${printNumber(Math.ceil(bytes / 1024 / 1024))} MB`

/** A file beyond a limit: what it has, what it may have, and what to do about it. */
export const overLimit = (has: string, limit: string, hint: string): FleetError =>
  new FleetError({ code: 'damaged', message: `The file has ${has}. The limit is ${limit}.`, hint })

const split = 'Split it into smaller files.'

export const bytesError = (bytes: number, limits: TableLimits): FleetError =>
  overLimit(megabytes(bytes), megabytes(limits.bytes), split)

export function checkBytes(bytes: number, limits: TableLimits): void {
  if (bytes > limits.bytes) throw bytesError(bytes, limits)
}

/** `row` is where they are, if it is one row. */
export function checkColumns(columns: number, limits: TableLimits, row?: number): void {
  if (columns <= limits.columns) return
  const hint = 'Delete the columns that are not needed, and check that the separator is right.'
  throw overLimit(
    `${printNumber(columns)} columns${row === undefined ? '' : ` in row ${printNumber(row)}`}`,
    printNumber(limits.columns),
    hint,
  )
}

/** `rows` may be a count so far: a file is not read to its end beyond the limit. */
export function checkRows(rows: number, limits: TableLimits): void {
  if (rows > limits.rows)
    throw overLimit(`more than ${printNumber(limits.rows)} rows`, `${printNumber(limits.rows)} rows`, split)
}

export function checkLines(lines: number, limits: TableLimits): void {
  if (lines <= limits.lines) return
  const most = printNumber(limits.lines)
  throw overLimit(`more than ${most} lines`, `${most} lines`, 'Remove the blank lines, or split it into smaller files.')
}

/** The area of a table, before anything of that size is made. */
export function checkCells(rows: number, columns: number, limits: TableLimits): void {
  if (rows * columns <= limits.cells) return
  const has = `${printNumber(rows * columns)} cells (${printNumber(rows)} rows and ${printNumber(columns)} columns)`
  throw overLimit(has, printNumber(limits.cells), `${split} Cells far outside the table count, even if they are empty.`)
}

/** `row` is its number for a person. */
export function checkCellLengths(cells: TextRow, row: number, limits: TableLimits): void {
  for (const { length } of cells)
    if (length > limits.cellLength)
      throw overLimit(
        `a cell of ${printNumber(length)} characters in row ${printNumber(row)}`,
        `${printNumber(limits.cellLength)} characters`,
        'Check that each quoted cell is closed.',
      )
}

/** Names of columns stand above the table in full. */
export function checkNames(names: TextRow, limits: TableLimits): void {
  const longest = names.reduce((most, { length }) => Math.max(most, length), 0)
  if (longest <= limits.nameLength) return
  const hint = 'Check that the first row names the columns and that the separator is right.'
  throw overLimit(
    `a column name of ${printNumber(longest)} characters`,
    `${printNumber(limits.nameLength)} characters`,
    hint,
  )
}

/** For tables whose cells share one text, as in workbooks: together they may be far larger than the file. */
export function checkTextLength(rows: readonly TextRow[], limits: TableLimits): void {
  let total = 0
  for (const row of rows) for (const { length } of row) total += length
  if (total <= limits.textLength) return
  throw overLimit(`${printNumber(total)} characters in its cells`, printNumber(limits.textLength), split)
}
