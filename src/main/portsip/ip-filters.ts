import { z } from 'zod'
import { ipRuleSchema, type IpRule, type IpRuleInput } from '@shared/domain/ip-rule'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import { listPage, pageSchema, walk, type ListOperation, type WalkOptions } from './paging'
import type { PbxClient, PbxDownload } from './pbx-client'

const list: ListOperation<IpRule> = {
  operation: 'GET /ip_filters',
  path: '/ip_filters',
  schema: pageSchema(ipRuleSchema),
}
const created = z.looseObject({ id: z.string().min(1) })
const pathOf = (id: string): string => `/ip_filters/${encodeURIComponent(id)}`
const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {})

/** GET /ip_filters: rows `offset` to `offset + limit` of those that match. */
export const listIpRules = (client: PbxClient, query: PageQuery, signal?: AbortSignal): Promise<Page<IpRule>> =>
  listPage(client, list, query, signal)

/** GET /ip_filters to the end, pages in order, eight requests at once. */
export const allIpRules = (
  client: PbxClient,
  query: ListQuery,
  options: WalkOptions = {},
): AsyncIterable<readonly IpRule[]> => walk(client, list, query, options)

/** GET /ip_filters/{id}. `not-found` when there is none. */
export const showIpRule = (client: PbxClient, id: string, signal?: AbortSignal): Promise<IpRule> =>
  client.request({
    operation: 'GET /ip_filters/{id}',
    method: 'GET',
    path: pathOf(id),
    schema: ipRuleSchema,
    ...withSignal(signal),
  })

/** POST /ip_filters. A rule that does not end is sent without `expire_at`. */
export async function createIpRule(client: PbxClient, input: IpRuleInput): Promise<{ readonly id: string }> {
  const { expire_at, ...rest } = input
  const body = expire_at === null ? rest : { ...rest, expire_at }
  const { id } = await client.request({
    operation: 'POST /ip_filters',
    method: 'POST',
    path: '/ip_filters',
    body,
    schema: created,
  })
  return { id }
}

/** POST /ip_filters/{id}: the changed fields alone. `expire_at: null` is sent as null, which the API uses for blank. */
export const updateIpRule = (client: PbxClient, id: string, changes: Partial<IpRuleInput>): Promise<void> =>
  client.requestNothing({ operation: 'POST /ip_filters/{id}', method: 'POST', path: pathOf(id), body: changes })

/** POST /ip_filters/{id}/destroy. */
export const deleteIpRule = (client: PbxClient, id: string): Promise<void> =>
  client.requestNothing({
    operation: 'POST /ip_filters/{id}/destroy',
    method: 'POST',
    path: `${pathOf(id)}/destroy`,
  })

/** GET /ip_filters/export: the server's own file, whose columns no document states. */
export const exportIpRules = (client: PbxClient, signal?: AbortSignal): Promise<PbxDownload> =>
  client.download({ operation: 'GET /ip_filters/export', path: '/ip_filters/export', ...withSignal(signal) })
