import pMap from 'p-map'
import type { RecordValues } from '@shared/domain/record'
import { identityKey } from '@shared/resources/identity'
import type { ApiRecord } from '@shared/resources/nested'
import { hasSummaries, type ListResource } from '@shared/resources/resource'
import { IncompleteListError } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import { rowsOf, showRecord, type ListedRecord } from '../../portsip/records'
import { isGone } from '../is-gone'

/** Up to so many records are read one by one; for more of them the list is read. */
const readSingly = 20
/** Requests that are under way for one plan. */
export const requestsMax = 4

async function showMany(
  reader: PbxReader,
  list: ListResource,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ApiRecord>> {
  const found = new Map<string, ApiRecord>()
  const show = async (id: string): Promise<void> => {
    try {
      found.set(id, await showRecord(reader, list, id, signal))
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  await pMap(ids, show, { concurrency: requestsMax })
  return found
}

/** What a reading of created records brings: those records, and by their IDs others with the same identity. */
export interface CreatedRecords {
  readonly found: ReadonlyMap<string, ApiRecord>
  readonly duplicates: ReadonlyMap<string, ListedRecord>
}

/** Reads records that were created, in one reading of the list; `values` are those that were sent, by the new ID. */
export async function readCreated(
  reader: PbxReader,
  list: ListResource,
  values: ReadonlyMap<string, RecordValues>,
): Promise<CreatedRecords> {
  const idOf = new Map([...values].map(([id, sent]) => [identityKey(list, sent) ?? id, id]))
  const found = new Map<string, ApiRecord>()
  const duplicates = new Map<string, ListedRecord>()
  try {
    for await (const rows of rowsOf(reader, list))
      for (const row of rows) {
        const same = idOf.get(identityKey(list, row) ?? row.id)
        if (values.has(row.id)) found.set(row.id, row)
        else if (same !== undefined) duplicates.set(same, row)
      }
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error
  }
  const ids = [...values.keys()].filter((id) => hasSummaries(list) || !found.has(id))
  return { found: new Map([...found, ...(await showMany(reader, list, ids))]), duplicates }
}

/**
 * Those of these records that exist, by ID: many of them in one reading of the list where its rows are whole. A record that the list did not bring is read singly, as
 * rows that move while a list is read can be passed over; not so where it is expected to be gone, and the list came whole.
 */
export async function readMany(
  reader: PbxReader,
  list: ListResource,
  ids: readonly string[],
  { signal, mayBeGone = false }: { readonly signal?: AbortSignal; readonly mayBeGone?: boolean } = {},
): Promise<ReadonlyMap<string, ApiRecord>> {
  if (hasSummaries(list) || ids.length <= readSingly) return showMany(reader, list, ids, signal)
  const wanted = new Set(ids)
  const found = new Map<string, ApiRecord>()
  try {
    for await (const rows of rowsOf(reader, list, signal))
      for (const row of rows) if (wanted.has(row.id)) found.set(row.id, row)
    if (mayBeGone) return found
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error
  }
  const missing = ids.filter((id) => !found.has(id))
  return new Map([...found, ...(await showMany(reader, list, missing, signal))])
}
