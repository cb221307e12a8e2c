import { z } from 'zod'
import type { ListQuery, Page, PageQuery, TermOf } from '@shared/domain/page'
import type { FieldSpec } from '@shared/resources/field'
import { valueAt, type ApiRecord, type RecordOf } from '@shared/resources/nested'
import type { ListResource, Resource } from '@shared/resources/resource'
import { answerSchema } from '@shared/resources/schema'
import { pathPart } from '@shared/resources/path-part'
import { valueText } from '@shared/resources/value-text'
import { fieldOrder } from '@shared/rows/field-order'
import { isRefusedFilter } from './odata'
import { listPage, ownId, pageSchema, walk, type ListOperation, type WalkOptions } from './paging'
import type { PbxReader, PbxWriter } from './pbx-client'
import { badReply } from './read-body'

/** A row of a list, as in the API. */
export type ListedRecord<K extends string = string> = RecordOf<K> & { readonly id: string }

const created = z.looseObject({ id: z.string().min(1) })
const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {})
const placeOf = ({ at, path }: Resource): string => at ?? path
const pathOf = (resource: Resource, id: string): string => `${placeOf(resource)}/${pathPart(id)}`
const rowSchema = <K extends string>(resource: ListResource<K>): z.ZodType<ListedRecord<K>> =>
  answerSchema(resource) as z.ZodType<ListedRecord<K>>

/** What a search looks in: the row as its table shows it, its other texts, and amounts also as plain numbers. */
const shownTexts = (fields: readonly FieldSpec[]): ((row: ListedRecord) => readonly unknown[]) => {
  const searched = fields.filter(({ kind, inTable = false }) => kind === 'text' || (kind !== 'id' && inTable !== false))
  return (row) =>
    searched.flatMap((field) => {
      const value = valueAt(row, field.key)
      return [valueText(field, value), ...(typeof value === 'number' ? [value] : [])]
    })
}

const listOperation = <K extends string>(resource: ListResource<K>): ListOperation<ListedRecord<K>> => ({
  operation: `GET ${resource.path}`,
  path: resource.path,
  schema: pageSchema(rowSchema(resource)),
  idOf: ownId,
  ...(!resource.paged && { unpaged: { order: fieldOrder(resource.fields), searched: shownTexts(resource.fields) } }),
})

/** GET of a list: matching rows `offset` to `offset + limit`. */
export const listRecords = (
  client: PbxReader,
  resource: ListResource,
  query: PageQuery,
  signal?: AbortSignal,
): Promise<Page<ListedRecord>> => listPage(client, listOperation(resource), query, signal)

/** All matching rows of a list. Throws IncompleteListError after the last one if the PBX counts more. */
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

/** Which rows the PBX is asked for; the API joins `filter` and `search` by AND. */
export interface FindQuery<K extends string = string> {
  readonly search?: string
  readonly filter?: readonly TermOf<K>[]
}

/** Matching rows of a list. If the PBX refuses `filter` or `search`, or the list has neither, the whole list is read. */
export async function findRecords<K extends string>(
  client: PbxReader,
  resource: ListResource<K>,
  query: FindQuery<NoInfer<K>>,
  matches: (row: ListedRecord<K>) => boolean,
  signal?: AbortSignal,
): Promise<readonly ListedRecord<K>[]> {
  const read = async (wanted: ListQuery): Promise<readonly ListedRecord<K>[]> => {
    const matchingRows: ListedRecord<K>[] = []
    for await (const rows of allRecords(client, resource, wanted, withSignal(signal)))
      matchingRows.push(...rows.filter(matches))
    return matchingRows
  }
  if (!resource.paged) return read({})
  try {
    return await read(query)
  } catch (error) {
    if (!isRefusedFilter(error)) throw error
    return read({})
  }
}

/** GET of a single resource, or of a record by its ID. `not-found` if there is none, `bad-reply` if the response has another ID. */
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
    throw badReply(operation, `it is about another ${resource.singular} than the requested one`)
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
    // What is deleted in the background is there for a while, so only the response confirms it.
    empty: resource.destroyedLater === true,
  })
