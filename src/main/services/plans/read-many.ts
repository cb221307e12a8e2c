import pMap from 'p-map'
import type { RecordValues } from '@shared/domain/record'
import { identityKey } from '@shared/resources/identity'
import type { ApiRecord } from '@shared/resources/nested'
import { hasSummaries, type ListResource } from '@shared/resources/resource'
import { IncompleteListError } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import { allRecords, showRecord, type ListedRecord } from '../../portsip/records'
import { isGone } from '../is-gone'

/** Up to this many records are read one by one; for more, the list is read. */
const readSinglyMax = 20
/** Maximum concurrent requests of a plan. */
export const requestsMax = 4

async function showMany(
  reader: PbxReader,
  list: ListResource,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ApiRecord>> {
  const records = new Map<string, ApiRecord>()
  const show = async (id: string): Promise<void> => {
    try {
      records.set(id, await showRecord(reader, list, id, signal))
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  await pMap(ids, show, { concurrency: requestsMax })
  return records
}

/** The created records by ID, and other records with the same identity. */
export interface CreatedRecords {
  readonly records: ReadonlyMap<string, ApiRecord>
  readonly duplicates: ReadonlyMap<string, ListedRecord>
}

/** Reads created records in one pass over the list; `values` are the sent values by new ID. */
export async function readCreated(
  reader: PbxReader,
  list: ListResource,
  values: ReadonlyMap<string, RecordValues>,
): Promise<CreatedRecords> {
  const idOf = new Map([...values].map(([id, sent]) => [identityKey(list, sent) ?? id, id]))
  const records = new Map<string, ApiRecord>()
  const duplicates = new Map<string, ListedRecord>()
  try {
    for await (const rows of allRecords(reader, list, {}))
      for (const row of rows) {
        const createdId = idOf.get(identityKey(list, row) ?? row.id)
        if (values.has(row.id)) records.set(row.id, row)
        else if (createdId !== undefined) duplicates.set(createdId, row)
      }
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error
  }
  const ids = [...values.keys()].filter((id) => hasSummaries(list) || !records.has(id))
  return { records: new Map([...records, ...(await showMany(reader, list, ids))]), duplicates }
}

/**
 * The existing ones of these records, by ID; many records in one pass over the list if its rows are complete. Records
 * missing from the list are read one by one, because a list that changes may skip rows; not so if `mayBeGone` and the
 * list was complete.
 */
export async function readMany(
  reader: PbxReader,
  list: ListResource,
  ids: readonly string[],
  { signal, mayBeDeleted = false }: { readonly signal?: AbortSignal; readonly mayBeDeleted?: boolean } = {},
): Promise<ReadonlyMap<string, ApiRecord>> {
  if (hasSummaries(list) || ids.length <= readSinglyMax) return showMany(reader, list, ids, signal)
  const wantedIds = new Set(ids)
  const records = new Map<string, ApiRecord>()
  try {
    for await (const rows of allRecords(reader, list, {}, { ...(signal && { signal }) }))
      for (const row of rows) if (wantedIds.has(row.id)) records.set(row.id, row)
    if (mayBeDeleted) return records
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error
  }
  const missing = ids.filter((id) => !records.has(id))
  return new Map([...records, ...(await showMany(reader, list, missing, signal))])
}
