import Papa from 'papaparse'
import { safeCell } from './cell-safety'

/** A table as CSV that is safe in spreadsheets. */
export function safeCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => safeCell(cell)))
  return `\ufeff${Papa.unparse(cells, { newline: '\r\n' })}\r\n`
}
