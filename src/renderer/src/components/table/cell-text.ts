import { visibleText } from '@shared/domain/visible-text'
import type { Row, TableColumn } from './types'

const localTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** An RFC 3339 time in the person's own zone; anything else is given back as it is. */
export function localTimeText(value: string): string {
  const at = Date.parse(value)
  return Number.isNaN(at) ? value : localTime.format(at)
}

const plain = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value as string | number | boolean)
}

/** What a cell shows, with characters that nobody sees made readable. */
export function cellText(row: Row, column: TableColumn): string {
  const value = row[column.key]
  if (value === null || value === undefined || value === '') return column.empty ?? ''
  if (column.kind === 'switch') return value === true || value === 'true' ? 'Yes' : 'No'
  if (column.kind === 'choice')
    return column.choices?.find((choice) => choice.value === value)?.label ?? visibleText(plain(value))
  if (column.kind === 'time' && typeof value === 'string') return visibleText(localTimeText(value))
  return visibleText(plain(value))
}

/** A spreadsheet runs a pasted cell that begins so. */
const runnable = /^[=+\-@\t\r]/

const tsvCell = (row: Row, column: TableColumn): string => {
  const text = plain(row[column.key])
  const safe = column.kind !== 'number' && runnable.test(text) ? `'${text}` : text
  return safe.replace(/[\t\r\n]+/g, ' ')
}

/** Rows as tab-separated text under their column labels; times stay RFC 3339 and choices keep the API's own words. */
export const toTsv = (rows: readonly Row[], columns: readonly TableColumn[]): string =>
  [
    columns.map((column) => column.label).join('\t'),
    ...rows.map((row) => columns.map((column) => tsvCell(row, column)).join('\t')),
  ].join('\n')
