import { z } from 'zod'
import { maxTop, type ListQuery, type Page, type PageQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import { throwIfAborted } from './abort'
import { listParameters } from './odata'
import type { PbxClient } from './pbx-client'

/** A list as the API answers it: `{count, items}`. */
export const pageSchema = <T>(item: z.ZodType<T>): z.ZodType<Page<T>> =>
  z.looseObject({ count: z.int().min(0), items: z.array(item) })

interface Row {
  readonly id: string
}

/** A list operation: what it is called and what its rows are. */
export interface ListOperation<T extends Row> {
  readonly operation: string
  readonly path: string
  readonly schema: z.ZodType<Page<T>>
}

export interface WalkOptions {
  readonly signal?: AbortSignal
  /** Told after each page: rows so far, and how many the PBX says there are. */
  readonly onProgress?: (done: number, total: number) => void
}

const atOnce = 8
/** A list that claims more rows is not walked to its end. */
const rowsMax = 2_000_000

/** One request. The first page goes without `skip`, as documents disagree whether it counts from 0 or from 1. */
function readPage<T extends Row>(
  client: PbxClient,
  { operation, path, schema }: ListOperation<T>,
  query: ListQuery,
  skip: number,
  top: number,
  signal?: AbortSignal,
): Promise<Page<T>> {
  return client.request({
    operation,
    method: 'GET',
    path,
    query: { ...listParameters(query), ...(skip > 0 && { skip }), top },
    schema,
    ...(signal && { signal }),
  })
}

function fresh<T extends Row>(items: readonly T[], seen: Set<string>): T[] {
  return items.filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** A page of up to 1,000 rows, put together from as many requests as the PBX needs; rows that come twice are told once. */
export async function listPage<T extends Row>(
  client: PbxClient,
  list: ListOperation<T>,
  query: PageQuery,
  signal?: AbortSignal,
): Promise<Page<T>> {
  const starts = Array.from({ length: Math.ceil(query.limit / maxTop) }, (_, index) => query.offset + index * maxTop)
  const end = query.offset + query.limit
  const pages = await Promise.all(
    starts.map((skip) => readPage(client, list, query, skip, Math.min(maxTop, end - skip), signal)),
  )
  const seen = new Set<string>()
  const items = pages.flatMap((page) => fresh(page.items, seen)).slice(0, query.limit)
  return { items, count: Math.max(pages[0]?.count ?? 0, items.length) }
}

/**
 * All rows of a list, page after page in order, eight requests at once as soon as the first page has told how many there are. Rows that come twice are
 * told once. It always ends: at the count, at a page that is empty or brings nothing new, and in any case at a limit. When the count is larger than what
 * comes, it ends with what there is.
 */
export async function* walk<T extends Row>(
  client: PbxClient,
  list: ListOperation<T>,
  query: ListQuery,
  { signal, onProgress }: WalkOptions = {},
): AsyncGenerator<readonly T[]> {
  const stop = new AbortController()
  const onAbort = (): void => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const seen = new Set<string>()
  const ahead: Promise<Page<T>>[] = []
  try {
    throwIfAborted(signal)
    const first = await readPage(client, list, query, 0, maxTop, stop.signal)
    const step = first.items.length
    let { count } = first
    let received = step
    let asked = step
    const told = (page: Page<T>): readonly T[] => {
      const rows = fresh(page.items, seen)
      onProgress?.(seen.size, Math.max(count, seen.size))
      return rows
    }
    const ask = (): void => {
      while (ahead.length < atOnce && asked < Math.min(count, rowsMax)) {
        const page = readPage(client, list, query, asked, step, stop.signal)
        // Awaited in order below; one that fails before its turn must not end the process.
        page.catch(() => undefined)
        ahead.push(page)
        asked += step
      }
    }
    if (step === 0) return
    // Requests go out before the rows are handed on: the consumer's work and the way to the PBX overlap.
    ask()
    yield told(first)
    for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
      const page = await next
      throwIfAborted(signal)
      received += page.items.length
      // Rows that were added meanwhile are asked for, a count that shrinks ends it earlier.
      if (page.count !== count) count = Math.min(page.count, rowsMax)
      const rows = told(page)
      const ends = page.items.length === 0 || rows.length === 0 || page.items.length < step
      if (!ends) ask()
      if (rows.length > 0) yield rows
      if (ends) return
      if (received >= rowsMax) throw endless(list.operation)
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
}

const endless = (operation: string): FleetError =>
  new FleetError({ code: 'bad-reply', operation, message: `The answers to ${operation} do not come to an end` })
