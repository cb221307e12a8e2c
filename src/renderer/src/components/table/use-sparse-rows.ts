import { computed, shallowRef } from 'vue'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import type { AppError, Result } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'

export const pageSize = 100
const inFlightMax = 3
const pagesMax = 200

export type Load<R> = (query: PageQuery) => Promise<Result<Page<R>>>

/** `missing`: the server counted the row but did not send it. */
export type RowAt<R> = { readonly state: 'loaded'; readonly row: R } | { readonly state: 'pending' | 'missing' }

/**
 * The loaded parts of a long list. Only pages in view are requested, up to three at a time; replies to an earlier query are dropped. `frame`
 * collects the requests of one animation frame.
 */
export function useSparseRows<R>(load: Load<R>, frame: (run: () => void) => void = requestAnimationFrame) {
  const pages = shallowRef<ReadonlyMap<number, readonly R[]>>(new Map())
  const count = shallowRef<number>()
  const error = shallowRef<AppError>()
  const loading = shallowRef(false)
  /** The rows still belong to the previous query, until the first reply. */
  const stale = shallowRef(false)
  /** When the rows were read, in milliseconds. */
  const readAt = shallowRef<number>()
  /** A refresh failed before its first page: all rows are from `readAt`. */
  const allOld = shallowRef(false)
  let keepsRows = false
  let query: ListQuery = {}
  const requests = useLatestRequest()
  let isCurrentQuery = requests.start()
  let fresh = new Set<number>()
  let wanted: readonly number[] = [0]
  let inFlight = new Set<number>()
  let scheduled = false

  function start(next: ListQuery, keepsPlace: boolean): void {
    isCurrentQuery = requests.start()
    query = next
    fresh = new Set()
    inFlight = new Set()
    error.value = undefined
    allOld.value = false
    keepsRows = keepsPlace
    stale.value = !keepsPlace
    if (!keepsPlace) wanted = [0]
    loading.value = true
    pump()
  }

  function want(firstRow: number, lastRow: number): void {
    const first = Math.max(0, Math.floor(firstRow / pageSize))
    const last = Math.max(first, Math.floor(lastRow / pageSize))
    wanted = Array.from({ length: last - first + 1 }, (_, index) => first + index)
    if (scheduled) return
    scheduled = true
    frame(() => {
      scheduled = false
      if (error.value === undefined) pump()
    })
  }

  function pump(): void {
    for (const page of wanted) {
      if (inFlight.size >= inFlightMax) return
      const isBeyondEnd = count.value !== undefined && page > 0 && page * pageSize >= count.value
      if (!fresh.has(page) && !inFlight.has(page) && !isBeyondEnd) void fetchPage(page)
    }
  }

  async function fetchPage(page: number): Promise<void> {
    const isCurrent = isCurrentQuery
    inFlight.add(page)
    const reply = await load({ ...query, offset: page * pageSize, limit: pageSize })
    if (!isCurrent()) return
    inFlight.delete(page)
    if (reply.ok) storePage(page, reply.value)
    else fail(reply.error)
    loading.value = inFlight.size > 0
    if (reply.ok) pump()
  }

  function fail(reason: AppError): void {
    error.value = reason
    allOld.value = fresh.size === 0
    if (fresh.size > 0 || keepsRows) return
    pages.value = new Map()
    count.value = undefined
  }

  function storePage(page: number, reply: Page<R>): void {
    const next = new Map(fresh.size === 0 ? [] : pages.value)
    if (fresh.size === 0) readAt.value = Date.now()
    allOld.value = false
    next.delete(page)
    next.set(page, reply.items)
    fresh.add(page)
    for (const old of next.keys()) {
      if (next.size <= pagesMax) break
      if (wanted.includes(old)) continue
      next.delete(old)
      fresh.delete(old)
    }
    pages.value = next
    stale.value = false
    // Rows counted by the first reply stay, if need be as missing ones: a later, lower count would hide rows in view.
    count.value = fresh.size === 1 ? reply.count : Math.max(count.value ?? 0, reply.count)
  }

  function at(index: number): RowAt<R> {
    const page = pages.value.get(Math.floor(index / pageSize))
    if (page === undefined) return { state: 'pending' }
    const row = page[index % pageSize]
    return row === undefined ? { state: 'missing' } : { state: 'loaded', row }
  }

  function retry(): void {
    error.value = undefined
    loading.value = true
    pump()
  }

  const state = computed(() => {
    if (count.value === undefined) return error.value === undefined ? 'loading' : 'error'
    return count.value === 0 ? 'empty' : 'ready'
  })

  return { pages, count, error, loading, stale, readAt, allOld, state, start, want, at, retry }
}
