import Papa from 'papaparse'
import { safeCell } from '../exports/cell-safety'

/** The fleet board as CSV that is safe in spreadsheets. */
export function fleetCsv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => safeCell(cell)))
  return `\ufeff${Papa.unparse(cells, { newline: '\r\n' })}\r\n`
}
