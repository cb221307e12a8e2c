import { maskedValue, type ImportRow } from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import { plainText } from '@shared/resources/value-text'
import { localPage } from '../records/local-query'
import { cellValue } from './cell-value'
import { isSecret } from '@shared/resources/secret'
import type { RowState } from './preview-rows'
import type { FileRow } from './read-import'
import type { MappedColumn } from './row-values'

const cellMax = 500

/** A cell as it will be sent, or as it stands in the file where it cannot be. */
function shown({ at, field }: MappedColumn, { cells }: FileRow): string {
  const cell = cells[at] ?? ''
  if (isSecret(field)) return cell === '' ? '' : maskedValue
  const found = cellValue(field, cell)
  return ('value' in found ? plainText(found.value) : cell).slice(0, cellMax)
}

export function importRow(columns: readonly MappedColumn[], row: FileRow, { state, reason }: RowState): ImportRow {
  const values = Object.fromEntries(columns.map((column) => [column.field.key, shown(column, row)]))
  return { ...values, id: String(row.line), row: row.line, state, reason }
}

/** A page of the rows. Only those of the page are made into what the window gets, unless they are searched or sorted. */
export function importRows(
  columns: readonly MappedColumn[],
  rows: readonly FileRow[],
  states: readonly RowState[],
  query: PageQuery,
): Page<ImportRow> {
  const { filter = [], search = '', sort, offset, limit } = query
  const byState = filter.filter(({ key, operator }) => key === 'state' && operator === 'eq')
  const places = [...rows.keys()].filter((at) => byState.every(({ value }) => states[at]?.state === value))
  const made = (each: readonly number[]): readonly ImportRow[] =>
    each.flatMap((at) => {
      const [row, state] = [rows[at], states[at]]
      return row === undefined || state === undefined ? [] : [importRow(columns, row, state)]
    })
  if (search.trim() === '' && sort === undefined && byState.length === filter.length)
    return { items: made(places.slice(offset, offset + limit)), count: places.length }
  return localPage(made(places), query) as Page<ImportRow>
}
