import type { TableLimits } from '@shared/limits/files'
import { csvCell } from '@shared/text/csv-cell'
import { checkCellLengths, checkTextLength } from '../exports/read/limits'
import { firstSheet } from '../exports/read/xlsx'
import { cellText } from '../exports/table'

const zipStart = Buffer.from('PK\x03\x04', 'latin1')

export const isWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, zipStart.length).equals(zipStart)

const dayMs = 86_400_000

/** A spreadsheet's times have no zone: a day, or what a clock shows. They are fractions of a day, which are not exact. */
function timeText(time: Date): string {
  const rounded = new Date(Math.round(time.getTime() / 1000) * 1000)
  const [day = '', clock = ''] = rounded.toISOString().slice(0, 19).split('T')
  return time.getTime() % dayMs === 0 ? day : `${day} ${clock}`
}

/**
 * The first sheet of a workbook as CSV with commas, a row in the place of each of its rows. `isPlain` if no cell was made
 * safe for a spreadsheet, `isList` if there is one column. Errors: FleetError `damaged`.
 */
export async function sheetText(
  bytes: Buffer,
  limits: TableLimits,
): Promise<{ readonly text: string; readonly isPlain: boolean; readonly isList: boolean }> {
  const { sheet, isPlain } = await firstSheet(bytes, limits, true)
  const rows = sheet.map((row) => row.map((cell) => (cell instanceof Date ? timeText(cell) : cellText(cell))))
  for (const [at, row] of rows.entries()) checkCellLengths(row, at + 1, limits)
  checkTextLength(rows, limits)
  const isList = rows.every((row) => row.slice(1).every((cell) => cell.trim() === ''))
  const text = rows.map((row) => (isList ? row.slice(0, 1) : row).map(csvCell).join(',')).join('\n')
  return { text, isPlain, isList }
}
