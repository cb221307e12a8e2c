import { z } from 'zod'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import type { ApiRecord } from '@shared/resources/nested'
import type { ListResource, Resource } from '@shared/resources/resource'
import { answerSchema } from '@shared/resources/schema'
import { listPage, pageSchema, walk, type ListOperation, type WalkOptions } from './paging'
import type { PbxClient } from './pbx-client'

/** One of a list, as the API answers it. */
export type ListedRecord = ApiRecord & { readonly id: string }

const created = z.looseObject({ id: z.string().min(1) })
const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {})
const placeOf = ({ at, path }: Resource): string => at ?? path
const pathOf = (resource: Resource, id: string): string => `${placeOf(resource)}/${encodeURIComponent(id)}`
const rowSchema = (resource: ListResource): z.ZodType<ListedRecord> => answerSchema(resource) as z.ZodType<ListedRecord>

const listOperation = (resource: ListResource): ListOperation<ListedRecord> => ({
  operation: `GET ${resource.path}`,
  path: resource.path,
  schema: pageSchema(rowSchema(resource)),
})

/** GET of a paged list: rows `offset` to `offset + limit` of those that match. */
export const listRecords = (
  client: PbxClient,
  resource: ListResource,
  query: PageQuery,
  signal?: AbortSignal,
): Promise<Page<ListedRecord>> => listPage(client, listOperation(resource), query, signal)

/** GET of a paged list to its end. */
export const allRecords = (
  client: PbxClient,
  resource: ListResource,
  query: ListQuery,
  options: WalkOptions = {},
): AsyncIterable<readonly ListedRecord[]> => walk(client, listOperation(resource), query, options)

/** GET of a list that documents no paging, and no query. */
export async function wholeList(
  client: PbxClient,
  resource: ListResource,
  signal?: AbortSignal,
): Promise<readonly ListedRecord[]> {
  const { items } = await client.request({
    operation: `GET ${resource.path}`,
    method: 'GET',
    path: resource.path,
    schema: z.looseObject({ items: z.array(rowSchema(resource)) }),
    ...withSignal(signal),
  })
  return items
}

/** GET of the one resource, or of one of many by its id. `not-found` when there is none. */
export const showRecord = (
  client: PbxClient,
  resource: Resource,
  id?: string,
  signal?: AbortSignal,
): Promise<ApiRecord> =>
  client.request({
    operation: `GET ${resource.path}${id === undefined ? '' : '/{id}'}`,
    method: 'GET',
    path: id === undefined ? placeOf(resource) : pathOf(resource, id),
    schema: answerSchema(resource),
    ...withSignal(signal),
  })

/** POST to a list. Answers the new id. */
export async function createRecord(client: PbxClient, resource: ListResource, body: ApiRecord): Promise<string> {
  const { path } = resource
  const { id } = await client.request({ operation: `POST ${path}`, method: 'POST', path, body, schema: created })
  return id
}

/** POST of changed fields. */
export const updateRecord = (
  client: PbxClient,
  resource: Resource,
  id: string | undefined,
  body: ApiRecord,
): Promise<void> =>
  client.requestNothing({
    operation: `POST ${resource.path}${id === undefined ? '' : '/{id}'}`,
    method: 'POST',
    path: id === undefined ? placeOf(resource) : pathOf(resource, id),
    body,
  })

/** POST …/{id}/destroy. */
export const destroyRecord = (client: PbxClient, resource: ListResource, id: string): Promise<void> =>
  client.requestNothing({
    operation: `POST ${resource.path}/{id}/destroy`,
    method: 'POST',
    path: `${pathOf(resource, id)}/destroy`,
  })
