import type { ListQuery } from '@shared/domain/page'
import type { TenantName, Trunk } from '@shared/domain/trunk'
import { FleetError } from '@shared/ipc/result'
import { selectRows } from '@shared/rows/query'
import { readRows } from '../../portsip/incomplete-list'
import type { WalkOptions } from '../../portsip/paging'
import type { PbxReader } from '../../portsip/pbx-client'
import type { ListedRecord } from '../../portsip/records'
import { allTenants, allTrunks, trunkAssignees } from '../../portsip/trunks'

/** Trunks whose assignments are read at the same time. */
const maxConcurrent = 4

async function rowsOfTrunk(
  client: PbxReader,
  trunk: Trunk,
  tenants: ReadonlyMap<string, TenantName>,
  signal: AbortSignal | undefined,
): Promise<readonly ListedRecord[]> {
  const assignees = await trunkAssignees(client, trunk.id, signal)
  return assignees.map(({ tenant_id, did_numbers, concurrency }) => ({
    id: `${trunk.id}/${tenant_id}`,
    trunk_name: trunk.name ?? null,
    trunk_id: trunk.id,
    tenant_name: tenants.get(tenant_id)?.name ?? null,
    tenant_domain: tenants.get(tenant_id)?.domain ?? null,
    tenant_id,
    did_numbers: did_numbers ?? null,
    concurrency: concurrency ?? null,
  }))
}

/**
 * Every assignment of every trunk (GET /providers, GET /providers/{id}/assignees), with the names of tenants (GET /tenants). Throws IncompleteListError
 * after the last row if trunks or names are missing.
 */
export async function* allAssignments(
  client: PbxReader,
  query: ListQuery,
  { signal, onProgress }: WalkOptions,
): AsyncIterable<readonly ListedRecord[]> {
  const options = { ...(signal && { signal }) }
  const trunks = await readRows(allTrunks(client, options))
  const names = await readRows(allTenants(client, options))
  const tenants = new Map(names.rows.map((tenant) => [tenant.id, tenant]))
  const rows: ListedRecord[] = []
  for (let at = 0; at < trunks.rows.length; at += maxConcurrent) {
    const some = trunks.rows.slice(at, at + maxConcurrent).map((trunk) => rowsOfTrunk(client, trunk, tenants, signal))
    rows.push(...(await Promise.all(some)).flat())
  }
  const items = selectRows(rows, query)
  onProgress?.(items.length, items.length)
  yield items
  const incomplete = trunks.incomplete ?? names.incomplete
  if (incomplete !== undefined) throw incomplete
}

/** One of them, by its trunk and its tenant: `not-found` where there is none. */
export async function showAssignment(client: PbxReader, id: string, signal: AbortSignal): Promise<ListedRecord> {
  for await (const rows of allAssignments(client, {}, { signal })) {
    const row = rows.find((each) => each.id === id)
    if (row !== undefined) return row
  }
  throw new FleetError({ code: 'not-found', message: 'The tenant no longer has numbers of this trunk' })
}
