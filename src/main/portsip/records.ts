import { z } from 'zod'
import type { ListQuery, Page, PageQuery, TermOf } from '@shared/domain/page'
import type { ApiRecord, RecordOf } from '@shared/resources/nested'
import type { ListResource, Resource } from '@shared/resources/resource'
import { answerSchema } from '@shared/resources/schema'
import { pathPart } from '@shared/resources/path-part'
import { IncompleteListError } from './incomplete-list'
import { isRefusedFilter } from './odata'
import { checkCount, checkIds, listPage, pageSchema, walk, type ListOperation, type WalkOptions } from './paging'
import type { PbxReader, PbxWriter } from './pbx-client'
import { badReply } from './read-body'
import { rowsLeftOut } from './salvage'

/** A row of a list, as in the API. */
export type ListedRecord<K extends string = string> = RecordOf<K> & { readonly id: string }

const created = z.looseObject({ id: z.string().min(1) })
const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {})
const placeOf = ({ at, path }: Resource): string => at ?? path
const pathOf = (resource: Resource, id: string): string => `${placeOf(resource)}/${pathPart(id)}`
const rowSchema = <K extends string>(resource: ListResource<K>): z.ZodType<ListedRecord<K>> =>
  answerSchema(resource) as z.ZodType<ListedRecord<K>>

const listOperation = <K extends string>(resource: ListResource<K>): ListOperation<ListedRecord<K>> => ({
  operation: `GET ${resource.path}`,
  path: resource.path,
  schema: pageSchema(rowSchema(resource)),
})

/** GET of a paged list: matching rows `offset` to `offset + limit`. */
export const listRecords = (
  client: PbxReader,
  resource: ListResource,
  query: PageQuery,
  signal?: AbortSignal,
): Promise<Page<ListedRecord>> => listPage(client, listOperation(resource), query, signal)

/** GET of a paged list to its end. */
export const allRecords = <K extends string>(
  client: PbxReader,
  resource: ListResource<K>,
  query: ListQuery,
  options: WalkOptions = {},
): AsyncIterable<readonly ListedRecord<K>[]> => walk(client, listOperation(resource), query, options)

/** GET of a paged list to its end with an OData filter, for conditions other than terms joined by AND. */
export const recordsWhere = (
  client: PbxReader,
  resource: ListResource,
  where: string,
  options: WalkOptions = {},
): AsyncIterable<readonly ListedRecord[]> => walk(client, { ...listOperation(resource), where }, {}, options)

/** Matching rows of a paged list. If the PBX refuses `filter`, the whole list is read. */
export async function findRecords<K extends string>(
  client: PbxReader,
  resource: ListResource<K>,
  filter: readonly TermOf<NoInfer<K>>[],
  matches: (row: ListedRecord<K>) => boolean,
  signal?: AbortSignal,
): Promise<readonly ListedRecord<K>[]> {
  const read = async (query: ListQuery): Promise<readonly ListedRecord<K>[]> => {
    const matchingRows: ListedRecord<K>[] = []
    for await (const rows of allRecords(client, resource, query, withSignal(signal)))
      matchingRows.push(...rows.filter(matches))
    return matchingRows
  }
  try {
    return await read({ filter })
  } catch (error) {
    if (!isRefusedFilter(error)) throw error
    return read({})
  }
}

/** GET of a list without documented paging or query: its rows without duplicates, and how many the PBX counts. */
export async function unpagedList(
  client: PbxReader,
  resource: ListResource,
  signal?: AbortSignal,
): Promise<Page<ListedRecord>> {
  const schema = pageSchema(rowSchema(resource))
  const operation = `GET ${resource.path}`
  const { path } = resource
  const page = await client.get({ operation, path, schema, unpaged: true, ...withSignal(signal) })
  checkIds(operation, page.items)
  checkCount(operation, page.count ?? 0)
  const items = [...new Map(page.items.map((row) => [row.id, row])).values()]
  return { items, count: Math.max(page.count ?? 0, items.length + rowsLeftOut(page)) }
}

/** The rows of an unpaged list; throws IncompleteListError if the PBX counts more. */
export async function wholeList(
  client: PbxReader,
  resource: ListResource,
  signal?: AbortSignal,
): Promise<readonly ListedRecord[]> {
  const { items, count } = await unpagedList(client, resource, signal)
  if (items.length < count) throw new IncompleteListError(`GET ${resource.path}`, items.length, count)
  return items
}

/**
 * All rows of a list, page by page if it is paged. Throws IncompleteListError after the last row if the PBX counts
 * more.
 */
export async function* rowsOf(
  client: PbxReader,
  resource: ListResource,
  signal?: AbortSignal,
): AsyncIterable<readonly ListedRecord[]> {
  if (resource.paged) yield* allRecords(client, resource, {}, withSignal(signal))
  else yield await wholeList(client, resource, signal)
}

/**
 * GET of a single resource, or of a record by its ID. `not-found` if there is none, `bad-reply` if the response has
 * another ID.
 */
export async function showRecord<K extends string>(
  client: PbxReader,
  resource: Resource<K>,
  id?: string,
  signal?: AbortSignal,
): Promise<RecordOf<K>> {
  const operation = `GET ${resource.path}${id === undefined ? '' : '/{id}'}`
  const path = id === undefined ? placeOf(resource) : pathOf(resource, id)
  const record = await client.get({ operation, path, schema: answerSchema(resource), ...withSignal(signal) })
  if (id !== undefined && 'id' in record && String(record['id']) !== id)
    throw badReply(operation, `it is about another ${resource.one} than the requested one`)
  return record as RecordOf<K>
}

/** POST to a list. Returns the new ID. */
export async function createRecord(client: PbxWriter, resource: ListResource, body: ApiRecord): Promise<string> {
  const { path } = resource
  const { id } = await client.postFor({ operation: `POST ${path}`, path, body, schema: created })
  return id
}

/** POST of changed fields. */
export const updateRecord = (
  client: PbxWriter,
  resource: Resource,
  id: string | undefined,
  body: ApiRecord,
): Promise<void> =>
  client.post({
    operation: `POST ${resource.path}${id === undefined ? '' : '/{id}'}`,
    path: id === undefined ? placeOf(resource) : pathOf(resource, id),
    body,
  })

/** POST …/{id}/destroy. */
export const destroyRecord = (client: PbxWriter, resource: ListResource, id: string): Promise<void> =>
  client.post({
    operation: `POST ${resource.path}/{id}/destroy`,
    path: `${pathOf(resource, id)}/destroy`,
  })
