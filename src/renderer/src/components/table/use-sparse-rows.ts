import { computed, shallowRef } from 'vue'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import type { AppError, Result } from '@shared/ipc/result'

export const pageSize = 100
const inFlightMax = 3
const pagesKept = 200

export type Load<R> = (query: PageQuery) => Promise<Result<Page<R>>>

/** `missing` is a row that the server counted and did not send. */
export type RowAt<R> = { readonly state: 'loaded'; readonly row: R } | { readonly state: 'pending' | 'missing' }

/**
 * The loaded parts of a long list. Only pages that are looked at are asked for, at most three at once; a reply that belongs to an earlier
 * query is dropped. `frame` gathers requests of one animation frame.
 */
export function useSparseRows<R>(load: Load<R>, frame: (run: () => void) => void = requestAnimationFrame) {
  const pages = shallowRef<ReadonlyMap<number, readonly R[]>>(new Map())
  const count = shallowRef<number>()
  const error = shallowRef<AppError>()
  const loading = shallowRef(false)
  /** The rows shown belong to the query before, until its first answer comes. */
  const stale = shallowRef(false)
  /** When the rows shown were read, in milliseconds. */
  const readAt = shallowRef<number>()
  /** A refresh failed before its first page: every row shown is from `readAt`. */
  const allOld = shallowRef(false)
  let keeping = false
  let query: ListQuery = {}
  let generation = 0
  let fresh = new Set<number>()
  let wanted: readonly number[] = [0]
  let inFlight = new Set<number>()
  let scheduled = false

  function start(next: ListQuery, keepPlace: boolean): void {
    generation += 1
    query = next
    fresh = new Set()
    inFlight = new Set()
    error.value = undefined
    allOld.value = false
    keeping = keepPlace
    stale.value = !keepPlace
    if (!keepPlace) wanted = [0]
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
      const beyond = count.value !== undefined && page > 0 && page * pageSize >= count.value
      if (!fresh.has(page) && !inFlight.has(page) && !beyond) void fetchPage(page)
    }
  }

  async function fetchPage(page: number): Promise<void> {
    const mine = generation
    inFlight.add(page)
    const reply = await load({ ...query, offset: page * pageSize, limit: pageSize })
    if (mine !== generation) return
    inFlight.delete(page)
    if (reply.ok) keep(page, reply.value)
    else fail(reply.error)
    loading.value = inFlight.size > 0
    if (reply.ok) pump()
  }

  function fail(reason: AppError): void {
    error.value = reason
    allOld.value = fresh.size === 0
    if (fresh.size > 0 || keeping) return
    pages.value = new Map()
    count.value = undefined
  }

  function keep(page: number, reply: Page<R>): void {
    const next = new Map(fresh.size === 0 ? [] : pages.value)
    if (fresh.size === 0) readAt.value = Date.now()
    allOld.value = false
    next.delete(page)
    next.set(page, reply.items)
    fresh.add(page)
    for (const old of next.keys()) {
      if (next.size <= pagesKept) break
      if (wanted.includes(old)) continue
      next.delete(old)
      fresh.delete(old)
    }
    pages.value = next
    stale.value = false
    // The rows of the first reply's count stay in sight, as missing ones if need be: a later reply that counts fewer would hide them.
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
