import { maskedValue, type ImportRow } from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import { plainText } from '@shared/text/plain-text'
import { queryPageOf } from '@shared/rows/query'
import { cellValue } from './cell-value'
import { isSecret } from '@shared/resources/secret'
import type { RowState } from './check-rows'
import type { FileRow } from './read-import'
import { cellOf, type MappedColumn } from './row-values'

const cellMax = 500

/** A cell as it will be sent, or as it stands in the file where it cannot be. */
function shown(column: MappedColumn, row: FileRow): string {
  const { field } = column
  const cell = cellOf(column, row)
  if (isSecret(field)) return cell === '' ? '' : maskedValue
  const found = cellValue(field, cell)
  return ('value' in found ? plainText(found.value) : cell).slice(0, cellMax)
}

function importRow(
  columns: readonly MappedColumn[],
  row: FileRow,
  { state, reason, isFlagged = false, isExpired = false, problems = {} }: RowState,
): ImportRow {
  const values = Object.fromEntries(columns.map((column) => [column.field.key, shown(column, row)]))
  return {
    ...values,
    id: String(row.line),
    row: row.line,
    state,
    reason,
    flagged: state === 'create' && isFlagged,
    isShifted: row.problem !== undefined,
    isExpired,
    problems,
  }
}

/** A page of the rows as the window gets them. */
export function importRows(
  columns: readonly MappedColumn[],
  rows: readonly FileRow[],
  states: readonly RowState[],
  query: PageQuery,
): Page<ImportRow> {
  const planned = rows.flatMap((row, at) => {
    const state = states[at]
    return state === undefined ? [] : [{ row, state }]
  })
  return queryPageOf(planned, query, ({ row, state }) => importRow(columns, row, state), {
    id: ({ row }) => String(row.line),
    state: ({ state }) => state.state,
    flagged: ({ state }) => state.state === 'create' && state.isFlagged === true,
  })
}
