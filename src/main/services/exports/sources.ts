import type { ExportColumn, ExportResource } from '@shared/domain/export'
import type { ListQuery } from '@shared/domain/page'
import { exportedOf } from '@shared/resources/exported'
import { listIds, type ListId } from '@shared/resources/ids'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { isVersionIn } from '@shared/resources/version'
import { fieldOrder } from '@shared/rows/order'
import { selectRows } from '@shared/rows/query'
import type { WalkOptions } from '../../portsip/paging'
import type { PbxReader } from '../../portsip/pbx-client'
import { allRecords, showRecord, wholeList, type ListedRecord } from '../../portsip/records'
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

const atOnce = 8

/** Rows of a list are summaries: where the resource has more, each is read by itself. */
async function* whole(
  client: PbxReader,
  list: ListResource,
  pages: AsyncIterable<readonly ListedRecord[]>,
  signal: AbortSignal | undefined,
): AsyncIterable<readonly ResourceRow[]> {
  const hasMore = list.fields.some(({ detailOnly }) => detailOnly === true)
  for await (const page of pages) {
    if (!hasMore) {
      yield page.map((row) => publicRecord(list, row))
      continue
    }
    for (let at = 0; at < page.length; at += atOnce) {
      const rows = page.slice(at, at + atOnce).map(({ id }) => showRecord(client, list, id, signal))
      yield (await Promise.all(rows)).map((row) => publicRecord(list, row))
    }
  }
}

async function* inOnePage(
  client: PbxReader,
  list: ListResource,
  query: ListQuery,
  { signal, onProgress }: WalkOptions,
): AsyncIterable<readonly ListedRecord[]> {
  const rows = await wholeList(client, list, signal)
  const items = selectRows(rows, query, { order: fieldOrder(list.fields) })
  onProgress?.(items.length, items.length)
  yield items
}

const ofList = (id: ListId): Omit<ExportSource, 'columns'> => {
  const list = listOf(id)
  return {
    all: (client, query, options) =>
      whole(
        client,
        list,
        list.paged ? allRecords(client, list, query, options) : inOnePage(client, list, query, options),
        options.signal,
      ),
    show: async (client, row, signal) => publicRecord(list, await showRecord(client, list, row, signal)),
  }
}

const isList = (resource: ExportResource): resource is ListId => (listIds as readonly string[]).includes(resource)

function rowsOfResource(resource: ExportResource): Omit<ExportSource, 'columns'> {
  if (resource === 'trunk-assignments') return { all: allAssignments, show: showAssignment }
  if (isList(resource)) return ofList(resource)
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

/** `version` is that of the server: fields that it does not have get no column. */
export const sourceOf = (resource: ExportResource, version: string | undefined): ExportSource => ({
  columns: exportedOf(resource)
    .fields.filter((field) => isVersionIn(version, field))
    .map(({ key, label }) => ({ key, label })),
  ...rowsOfResource(resource),
})
