import { clipTexts } from '@shared/domain/clip-text'
import type { MergedId } from '@shared/fleet/merged-ids'
import { ownTenantRowId } from '@shared/fleet/merged-row'
import { listIds, type ListId } from '@shared/resources/ids'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import { ownTenant } from '@shared/resources/own-tenant'
import { listOf, resourceOf } from '@shared/resources/registry'
import { replyValues } from '@shared/limits/reply'
import { plainText } from '@shared/text/plain-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { allRecords, showRecord } from '../../portsip/records'
import { allAssignments } from '../exports/assignment-rows'
import { unreadKeys } from '../records/view'
import type { RowSource } from './row-source'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** Characters of a cell that are kept: rows are for display and search, and forms read the whole record. */
const cellMax = replyValues.cellCharacters

function rowOf(resource: MergedId, id: string, record: ApiRecord): StoredRow {
  const { fields } = storedFields(resource)
  const cells = clipTexts(
    fields.map(({ key }) => (key === 'id' ? id : valueAt(record, key))),
    cellMax,
  ) as readonly unknown[]
  const unread = unreadKeys({ fields }, record)
  return { id, cells, ...(unread.length > 0 && { unread }) }
}

const isList = (resource: RowSource): resource is ListId & MergedId => (listIds as readonly string[]).includes(resource)

/** The own tenant as a row of all tenants. Its ID is no tenant's: it is the record of its page. */
const ownTenantRow = (record: ApiRecord): StoredRow => ({
  ...rowOf('tenants', plainText(record['id']), record),
  id: ownTenantRowId,
})

/**
 * All rows of a resource on one server, page by page as they arrive: the list, every assignment of every trunk, the own
 * tenant, or a single resource as one row. Secrets are left out. Throws what the requests throw; IncompleteListError
 * after the last row if the PBX counts more.
 */
export async function* readRows(
  client: PbxReader,
  resource: RowSource,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredRow[]> {
  if (resource === 'trunk-assignments') {
    for await (const rows of allAssignments(client, {}, { signal }))
      yield rows.map((row) => rowOf(resource, row.id, row))
  } else if (isList(resource)) {
    for await (const rows of allRecords(client, listOf(resource), {}, { signal }))
      yield rows.map((row) => rowOf(resource, row.id, row))
  } else if (resource === ownTenant.id) yield [ownTenantRow(await showRecord(client, ownTenant, undefined, signal))]
  else yield [rowOf(resource, resource, await showRecord(client, resourceOf(resource), undefined, signal))]
}
