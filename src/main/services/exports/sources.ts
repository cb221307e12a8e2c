import pMap from 'p-map'
import type { ExportColumn, ExportResource } from '@shared/domain/export'
import type { ListQuery } from '@shared/domain/page'
import { exportedOf } from '@shared/resources/exported'
import { listIds, type ListId } from '@shared/resources/ids'
import { listOf, resourceOf } from '@shared/resources/registry'
import { hasSummaries, type ListResource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import type { WalkOptions } from '../../portsip/paging'
import type { PbxReader } from '../../portsip/pbx-client'
import { allRecords, showRecord, type ListedRecord } from '../../portsip/records'
import type { RecordHooks } from '../records/hooks'
import { publicRecord } from '../records/view'
import { allAssignments, showAssignment } from './assignment-rows'
import type { ResourceRow } from './write/rows-writer'

/** Where the rows of an export come from; secrets are taken out of them before they are written. */
export interface ExportSource {
  readonly columns: readonly ExportColumn[]
  readonly all: (client: PbxReader, query: ListQuery, options: WalkOptions) => AsyncIterable<readonly ResourceRow[]>
  /** One row by its id. */
  readonly show: (client: PbxReader, id: string, signal: AbortSignal) => Promise<ResourceRow>
}

/** Records that are read in full at the same time. */
const requestsMax = 8

/** Rows of a list may be summaries: then each record is read in full. */
async function* inFull(
  client: PbxReader,
  list: ListResource,
  query: ListQuery,
  options: WalkOptions,
): AsyncIterable<readonly ResourceRow[]> {
  const show = ({ id }: ListedRecord) => showRecord(client, list, id, options.signal)
  for await (const page of allRecords(client, list, query, options)) {
    const rows = hasSummaries(list) ? await pMap(page, show, { concurrency: requestsMax }) : page
    yield rows.map((row) => publicRecord(list, row))
  }
}

const ofList = (id: ListId, find: RecordHooks['find']): Omit<ExportSource, 'columns'> => {
  const list = listOf(id)
  return {
    async *all(client, query, options) {
      const found = await find?.(client, query, options)
      if (found === undefined) return yield* inFull(client, list, query, options)
      options.onProgress?.(found.length, found.length)
      yield found.map((row) => publicRecord(list, row))
    },
    show: async (client, row, signal) => publicRecord(list, await showRecord(client, list, row, signal)),
  }
}

const isList = (resource: ExportResource): resource is ListId => (listIds as readonly string[]).includes(resource)

function rowsOfResource(resource: ExportResource, find: RecordHooks['find']): Omit<ExportSource, 'columns'> {
  if (resource === 'trunk-assignments') return { all: allAssignments, show: showAssignment }
  if (isList(resource)) return ofList(resource, find)
  const single = resourceOf(resource)
  const read = async (client: PbxReader, signal?: AbortSignal): Promise<ResourceRow> =>
    publicRecord(single, await showRecord(client, single, undefined, signal))
  return {
    async *all(client, _query, { signal, onProgress }) {
      const row = await read(client, signal)
      onProgress?.(1, 1)
      yield [row]
    },
    show: (client, _id, signal) => read(client, signal),
  }
}

/** `version` is that of the server: fields that it does not have get no column. `find` is that of the resource's hooks. */
export const sourceOf = (
  resource: ExportResource,
  version: string | undefined,
  find?: RecordHooks['find'],
): ExportSource => ({
  columns: exportedOf(resource)
    .fields.filter((field) => isVersionIn(version, field))
    .map(({ key, label }) => ({ key, label })),
  ...rowsOfResource(resource, find),
})
