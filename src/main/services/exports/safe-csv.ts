import Papa from 'papaparse'
import { safeCell } from './cell-safety'

/** A table as CSV that is safe in spreadsheets. `separator` is empty or undefined for a comma. */
export function safeCsv(columns: readonly string[], rows: readonly (readonly string[])[], separator = ''): string {
  const cells = [columns, ...rows].map((row) => row.map((cell) => safeCell(cell)))
  return `\ufeff${Papa.unparse(cells, { delimiter: separator || ',', newline: '\r\n' })}\r\n`
}
