import type { ListQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import { memberTest } from './selection'
import type { Row, RowSource, TableSelection } from './types'

const batch = 1000

/**
 * The rows of a selection: those at hand are taken, the others are looked for by going through the query page by page. It ends at the last
 * chosen row, and where the server stops sending rows.
 */
export async function collectRows<R extends Row>(
  source: RowSource<R>,
  query: ListQuery,
  selection: TableSelection,
  atHand: ReadonlyMap<string, R>,
  rowKey: string,
): Promise<Result<readonly R[]>> {
  if (selection.mode === 'some' && selection.ids.every((id) => atHand.has(id)))
    return { ok: true, value: selection.ids.map((id) => atHand.get(id)).filter((row) => row !== undefined) }
  const chosen = memberTest(selection)
  const found = new Map<string, R>()
  for (let offset = 0; ; offset += batch) {
    const reply = await source.load({ ...query, offset, limit: batch })
    if (!reply.ok) return reply
    for (const row of reply.value.items) {
      const id = String(row[rowKey])
      if (chosen(id)) found.set(id, row)
    }
    const allFound = selection.mode === 'some' && found.size >= selection.ids.length
    if (allFound || reply.value.items.length === 0 || offset + batch >= reply.value.count) break
  }
  return { ok: true, value: [...found.values()] }
}
