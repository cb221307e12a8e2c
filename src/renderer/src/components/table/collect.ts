import type { ListQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import { memberTest } from './selection'
import type { Row, RowSource, TableSelection } from './types'

const batch = 1000

/**
 * The rows of a selection, from the cache if all are there, otherwise by reading the query page by page up to the last selected row or the last
 * row that the server sends.
 */
export async function collectRows<R extends Row>(
  source: RowSource<R>,
  query: ListQuery,
  selection: TableSelection,
  cachedRows: ReadonlyMap<string, R>,
  rowKey: string,
): Promise<Result<readonly R[]>> {
  if (selection.mode === 'some' && selection.ids.every((id) => cachedRows.has(id)))
    return { ok: true, value: selection.ids.map((id) => cachedRows.get(id)).filter((row) => row !== undefined) }
  const isSelected = memberTest(selection)
  const rows = new Map<string, R>()
  for (let offset = 0; ; offset += batch) {
    const reply = await source.load({ ...query, offset, limit: batch })
    if (!reply.ok) return reply
    for (const row of reply.value.items) {
      const id = String(row[rowKey])
      if (isSelected(id)) rows.set(id, row)
    }
    const hasAll = selection.mode === 'some' && rows.size >= selection.ids.length
    if (hasAll || reply.value.items.length === 0 || offset + batch >= reply.value.count) break
  }
  return { ok: true, value: [...rows.values()] }
}
