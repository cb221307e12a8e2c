import { nextTick, watch, type Ref } from 'vue'
import type { ListQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import type { Row, RowSource } from './types'
import { pageSize, type useSparseRows } from './use-sparse-rows'

/** How far a row is looked for. Further down a list, a search for its name is quicker. */
export const lookedMax = 5 * pageSize

interface Options<R extends Row> {
  readonly source: () => RowSource<R>
  readonly query: Ref<ListQuery>
  readonly scroller: Ref<HTMLElement | null>
  readonly sparse: ReturnType<typeof useSparseRows<R>>
  readonly idOf: (row: R) => string
  /** Makes it the active and only selected row, in view. */
  readonly onFound: (row: R, index: number) => void
}

/** Finds a row by its ID among the first ones of a list, and shows it with the focus unless the focus is moved meanwhile. */
export function useShownRow<R extends Row>({ source, query, scroller, sparse, idOf, onFound }: Options<R>) {
  /** Until the rows are those of the query. */
  const loaded = (): Promise<void> =>
    new Promise((resolve) => {
      const isWaiting = (): boolean => (sparse.loading.value || sparse.stale.value) && sparse.error.value === undefined
      if (!isWaiting()) return resolve()
      const stop = watch([sparse.loading, sparse.stale, sparse.error], () => {
        if (isWaiting()) return
        stop()
        resolve()
      })
    })

  async function find(id: string): Promise<Result<{ readonly row: R; readonly index: number } | undefined>> {
    const among = (rows: readonly R[], first: number) => {
      const at = rows.findIndex((row) => idOf(row) === id)
      const row = rows[at]
      return row === undefined ? undefined : { row, index: first + at }
    }
    for (const [page, rows] of sparse.pages.value) {
      const found = among(rows, page * pageSize)
      if (found) return { ok: true, value: found }
    }
    if ((sparse.count.value ?? 0) <= pageSize) return { ok: true, value: undefined }
    const page = { offset: pageSize, limit: lookedMax - pageSize }
    const reply = await source().load({ ...query.value, ...page })
    return reply.ok ? { ok: true, value: among(reply.value.items, pageSize) } : reply
  }

  return async (id: string): Promise<Result<boolean>> => {
    const focused = document.activeElement
    // A new query starts with the next update.
    await nextTick()
    await loaded()
    if (sparse.error.value) return { ok: false, error: sparse.error.value }
    const reply = await find(id)
    if (!reply.ok) return reply
    if (reply.value === undefined) return { ok: true, value: false }
    onFound(reply.value.row, reply.value.index)
    const isUnmoved = document.activeElement === focused || document.activeElement?.matches('body, main') === true
    if (isUnmoved) scroller.value?.focus({ preventScroll: true })
    return { ok: true, value: true }
  }
}
