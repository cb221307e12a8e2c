import { z } from 'zod'
import { maxTop, type ListQuery, type Page, type PageQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import { queryPage, selectRows, type RowRules } from '@shared/rows/query'
import { replyValues } from '@shared/limits/reply'
import { throwIfAborted } from './abort'
import { IncompleteListError } from './incomplete-list'
import { listParameters } from './odata'
import type { PbxReader } from './pbx-client'
import { badReply } from './read-body'
import { limitError } from './reply-limits'
import { rowsLeftOut, unexpectedIn } from './salvage'

interface ListReply<T> {
  readonly items: readonly T[]
  readonly count?: number | null | undefined
}

const pageOf = <T>(item: z.ZodType<T>): z.ZodType<ListReply<T>> =>
  z.looseObject({ count: z.int().min(0).nullish(), items: z.array(item) })

/** A schema is compiled when it is first used, which takes far longer than to read a reply with it. */
const pageSchemas = new WeakMap<z.ZodType, ReturnType<typeof pageOf>>()

/** Schema of a list response, `{count, items}`; a list without documented paging may have no count. */
export function pageSchema<T>(item: z.ZodType<T>): z.ZodType<ListReply<T>> {
  const schema = pageSchemas.get(item) ?? pageOf(item)
  pageSchemas.set(item, schema)
  return schema as z.ZodType<ListReply<T>>
}

/** One response. If the PBX sends no count, `count` is the number of rows so far, plus one after a full page. */
interface ReadPage<T> extends Page<T> {
  readonly isCounted: boolean
  /** Rows without an ID: they are counted, but are not in `items`. */
  readonly leftOut: number
}

/** How many rows were received, including those without an ID. */
const receivedIn = ({ items, leftOut }: ReadPage<unknown>): number => items.length + leftOut

interface Row {
  readonly id: string
}

/** A list operation and the schema of its rows. `where` is an OData filter that replaces the query's terms. */
export interface ListOperation<T> {
  readonly operation: string
  readonly path: string
  readonly schema: z.ZodType<ListReply<T>>
  /** The ID of a row. */
  readonly idOf: (row: T) => string
  readonly where?: string
  /** Set for a list without documented paging and query: it is read whole, then searched, sorted and paged here by these rules. */
  readonly unpaged?: RowRules<T>
  /** Rows without an ID do not make a list without pages incomplete, if the PBX does not count its rows. */
  readonly ignoresRowsWithoutId?: true
}

/** The ID of a row that has it as `id`. */
export const ownId = ({ id }: Row): string => id

export interface WalkOptions {
  readonly signal?: AbortSignal
  /** Called after each page: rows so far, and how many the PBX counts. */
  readonly onProgress?: (done: number, total: number) => void
}

const walkEnded = 'The list was read'
const maxConcurrent = 8
/** A list with a larger count is refused, and an endless list is read up to here. */
const rowsMax = replyValues.rows

/** IDs of a PortSIP PBX have 18 digits. Longer ones in an endless list would fill the memory. */
const idMax = replyValues.idCharacters

/** Throws FleetError `body-too-large` for IDs that no PBX has. */
function checkIds(operation: string, ids: readonly string[]): void {
  if (ids.some((id) => id.length > idMax)) throw limitError(operation, 'an ID is too long', idMax, ' characters')
}

/** Throws FleetError `body-too-large` for a count that no PBX has: the window would reserve space for so many rows. */
function checkCount(operation: string, count: number): void {
  if (count > rowsMax) throw limitError(operation, 'it counts too many rows', rowsMax)
}

/** One request. The first page is requested without `skip`, because the documents disagree whether it counts from 0 or from 1. */
async function request<T>(
  client: PbxReader,
  { operation, path, schema, idOf, where }: ListOperation<T>,
  query: ListQuery,
  skip: number,
  top: number,
  signal?: AbortSignal,
): Promise<ReadPage<T>> {
  const page = await client.get({
    operation,
    path,
    query: { ...listParameters(query), ...(where && { filter: where }), ...(skip > 0 && { skip }), top },
    schema,
    ...(signal && { signal }),
  })
  const { items, count } = page
  checkIds(operation, items.map(idOf))
  checkCount(operation, count ?? 0)
  const leftOut = rowsLeftOut(page)
  const received = items.length + leftOut
  if (typeof count !== 'number' && items.length === 0) {
    if (leftOut > 0) throw badReply(operation, '“items” has no row with an ID')
    // A list that may have rows is not shown as empty.
    if (skip === 0 && unexpectedIn(page).includes('count'))
      throw badReply(operation, '“count” is not a number, and “items” is empty')
  }
  const counted = skip + received + (received < top ? 0 : 1)
  return { items, count: count ?? counted, isCounted: typeof count === 'number', leftOut }
}

function newRows<T>({ idOf }: ListOperation<T>, items: readonly T[], seen: Set<string>): T[] {
  return items.filter((row) => !seen.has(idOf(row)) && seen.add(idOf(row)))
}

/** The rows of a list without pages, without duplicates, and how many the PBX counts. */
async function readWhole<T>(client: PbxReader, list: ListOperation<T>, signal?: AbortSignal): Promise<Page<T>> {
  const { operation, path, schema, idOf, ignoresRowsWithoutId } = list
  const reply = await client.get({ operation, path, schema, unpaged: true, ...(signal && { signal }) })
  checkIds(operation, reply.items.map(idOf))
  checkCount(operation, reply.count ?? 0)
  const items = newRows(list, reply.items, new Set())
  const leftOut = ignoresRowsWithoutId ? 0 : rowsLeftOut(reply)
  return { items, count: Math.max(reply.count ?? 0, items.length + leftOut) }
}

/**
 * Rows `skip` to `skip + top`. The rest of a short page is requested from where it ended, until there are no new rows.
 */
async function readPage<T>(
  client: PbxReader,
  list: ListOperation<T>,
  query: ListQuery,
  skip: number,
  top: number,
  signal?: AbortSignal,
): Promise<ReadPage<T>> {
  const page = await request(client, list, query, skip, top, signal)
  const expected = Math.min(top, page.count - skip)
  if (receivedIn(page) >= expected) return page
  let { leftOut } = page
  const seen = new Set<string>()
  const items = newRows(list, page.items, seen)
  for (let received = receivedIn(page); received < expected;) {
    const rest = await request(client, list, query, skip + received, top - received, signal)
    const rows = newRows(list, rest.items, seen)
    if (rows.length === 0) break
    items.push(...rows)
    received += receivedIn(rest)
    leftOut += rest.leftOut
  }
  return { ...page, items, leftOut }
}

/** Returns up to 1,000 rows, in several requests if required, without duplicates. Missing rows of a list without pages are a gap at its end. */
export async function listPage<T>(
  client: PbxReader,
  list: ListOperation<T>,
  query: PageQuery,
  signal?: AbortSignal,
): Promise<Page<T>> {
  if (list.unpaged !== undefined) {
    const { items, count } = await readWhole(client, list, signal)
    const page = queryPage(items, query, list.unpaged)
    return { ...page, count: page.count + count - items.length }
  }
  const starts = Array.from({ length: Math.ceil(query.limit / maxTop) }, (_, index) => query.offset + index * maxTop)
  const end = query.offset + query.limit
  const pages = await Promise.all(
    starts.map((skip) => readPage(client, list, query, skip, Math.min(maxTop, end - skip), signal)),
  )
  const seen = new Set<string>()
  const items = pages.flatMap((page) => newRows(list, page.items, seen)).slice(0, query.limit)
  // Without a count of the PBX, the list ends with the first page that is not full.
  const isLast = (page: ReadPage<T>): boolean => page.isCounted || receivedIn(page) < maxTop
  const count = (pages.find(isLast) ?? pages.at(-1))?.count ?? 0
  return { items, count: Math.max(count, items.length) }
}

/** The rows of a list without pages that a query finds, as one page. */
async function* walkWhole<T>(
  client: PbxReader,
  list: ListOperation<T>,
  query: ListQuery,
  { signal, onProgress }: WalkOptions,
): AsyncGenerator<readonly T[]> {
  const { items, count } = await readWhole(client, list, signal)
  const rows = selectRows(items, query, list.unpaged)
  onProgress?.(rows.length, rows.length + count - items.length)
  if (rows.length > 0) yield rows
  if (items.length < count) throw new IncompleteListError(list.operation, items.length, count)
}

/**
 * All rows of a list, in order and without duplicates, with eight concurrent requests once the count is known. Ends at
 * that count or, if the count changes, at a page without new rows. Throws IncompleteListError after the last row if the
 * PBX counts more rows than it returned.
 */
export async function* walk<T>(
  client: PbxReader,
  list: ListOperation<T>,
  query: ListQuery,
  options: WalkOptions = {},
): AsyncGenerator<readonly T[]> {
  if (list.unpaged !== undefined) return yield* walkWhole(client, list, query, options)
  const { signal, onProgress } = options
  const stop = new AbortController()
  const onAbort = (): void => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  const seen = new Set<string>()
  const pendingPages: Promise<ReadPage<T>>[] = []
  try {
    throwIfAborted(signal)
    const first = await readPage(client, list, query, 0, maxTop, stop.signal)
    const step = receivedIn(first)
    let { count } = first
    // A missing count, or one that was wrong once, does not show where the list ends.
    let isReliable = step <= count && first.isCounted
    let leftOut = 0
    let next = step
    const requestPages = (): void => {
      while (
        next < rowsMax &&
        (next < count ? pendingPages.length < maxConcurrent : !isReliable && pendingPages.length === 0)
      ) {
        const page = readPage(client, list, query, next, step, stop.signal)
        // Awaited in order below. A page that fails earlier must not end the process.
        page.catch(() => undefined)
        pendingPages.push(page)
        next += step
      }
    }
    for (let page: ReadPage<T> | undefined = first; page !== undefined; page = await pendingPages.shift()) {
      throwIfAborted(signal)
      isReliable &&= page.count === count
      const rows = newRows(list, page.items, seen)
      leftOut += page.leftOut
      count = page.isCounted ? page.count : seen.size + leftOut
      onProgress?.(seen.size, Math.max(count, seen.size))
      if (rows.length === 0) break
      // The next pages load while the consumer works; the first rows do not wait until they are requested.
      if (page !== first) requestPages()
      yield rows
      requestPages()
    }
    if (seen.size >= rowsMax) throw endless(list.operation)
    if (seen.size < count) throw new IncompleteListError(list.operation, seen.size, count)
  } finally {
    signal?.removeEventListener('abort', onAbort)
    // The default reason is an exception with a stack, which takes longer than all the rest of a short list.
    stop.abort(walkEnded)
  }
}

const endless = (operation: string): FleetError =>
  new FleetError({ code: 'bad-reply', operation, message: `${operation} returned an endless list` })
