import type { Page, PageQuery } from '@shared/domain/page'
import {
  assigneeSchema,
  tenantNameSchema,
  trunkSchema,
  type Assignee,
  type TenantName,
  type Trunk,
} from '@shared/domain/trunk'
import { pathPart } from '@shared/resources/path-part'
import { wholeList } from './incomplete-list'
import { listPage, ownId, pageSchema, walk, type ListOperation, type WalkOptions } from './paging'
import type { PbxReader, PbxWriter } from './pbx-client'

const trunks: ListOperation<Trunk> = {
  operation: 'GET /providers',
  path: '/providers',
  schema: pageSchema(trunkSchema),
  idOf: ownId,
}
const tenants: ListOperation<TenantName> = {
  operation: 'GET /tenants',
  path: '/tenants',
  schema: pageSchema(tenantNameSchema),
  idOf: ownId,
}

/** GET /providers to its end. */
export const allTrunks = (client: PbxReader, options: WalkOptions = {}): AsyncIterable<readonly Trunk[]> =>
  walk(client, trunks, {}, options)

/**
 * GET /providers/{id}/assignees, which documents no paging. `not-found` if there is no such trunk; IncompleteListError.
 */
export const trunkAssignees = (
  client: PbxReader,
  trunkId: string,
  signal?: AbortSignal,
): Promise<readonly Assignee[]> =>
  wholeList(
    walk(
      client,
      {
        operation: 'GET /providers/{id}/assignees',
        path: `/providers/${pathPart(trunkId)}/assignees`,
        schema: pageSchema(assigneeSchema),
        idOf: ({ tenant_id }) => tenant_id,
        unpaged: {},
        ignoresRowsWithoutId: true,
      },
      {},
      { ...(signal && { signal }) },
    ),
  )

/** GET /tenants: one page, for selecting a tenant. */
export const someTenants = (client: PbxReader, query: PageQuery): Promise<Page<TenantName>> =>
  listPage(client, tenants, query)

/** GET /tenants to its end, for the names of tenants. */
export const allTenants = (client: PbxReader, options: WalkOptions = {}): AsyncIterable<readonly TenantName[]> =>
  walk(client, tenants, {}, options)

/** POST /providers/{id}/assignees/{tenant_id}/destroy; `at` is the path of the assignment. */
export const destroyAssignment = (client: PbxWriter, at: string): Promise<void> =>
  client.post({
    operation: 'POST /providers/{id}/assignees/{tenant_id}/destroy',
    path: `${at}/destroy`,
  })
