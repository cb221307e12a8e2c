import { plainText } from '@shared/text/plain-text'
import { valueText } from '@shared/resources/value-text'
import type { Row, TableColumn } from './types'

/** The text of a cell, with invisible characters made visible. */
export const cellText = (row: Row, column: TableColumn): string => valueText(column, row[column.key])

/** Spreadsheets run pasted cells with such a first character as formulas. */
const runnable = /^[=+\-@\t\r]/

const tsvCell = (row: Row, column: TableColumn): string => {
  const text = plainText(row[column.key])
  const safe = column.kind !== 'number' && runnable.test(text) ? `'${text}` : text
  return safe.replace(/[\t\r\n]+/g, ' ')
}

/** Rows as tab-separated text under their column labels; times stay RFC 3339 and choices the values of the API. */
export const toTsv = (rows: readonly Row[], columns: readonly TableColumn[]): string =>
  [
    columns.map((column) => column.label).join('\t'),
    ...rows.map((row) => columns.map((column) => tsvCell(row, column)).join('\t')),
  ].join('\n')
