import type { ExportScope } from '@shared/domain/export'
import { FleetError } from '@shared/ipc/result'
import { incompleteOr, IncompleteListError } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import type { JobHandle } from '../jobs'
import type { ExportSource } from './sources'
import type { ResourceRow } from './write/rows-writer'

/** Up to so many selected rows are read one by one; more are picked out of the whole list. */
const readSinglyMax = 200
const maxConcurrent = 8

type Rows = AsyncIterable<readonly ResourceRow[]>

async function* singles(source: ExportSource, client: PbxReader, ids: readonly string[], job: JobHandle): Rows {
  for (let at = 0; at < ids.length; at += maxConcurrent) {
    const rows = await Promise.all(
      ids.slice(at, at + maxConcurrent).map(async (id) => {
        try {
          return await source.show(client, id, job.signal)
        } catch (error) {
          if (!(error instanceof FleetError) || error.detail.code !== 'not-found') throw error
          job.fail({ id, label: id, error: error.detail })
          return undefined
        }
      }),
    )
    yield rows.filter((row) => row !== undefined)
  }
}

async function* picked(source: ExportSource, client: PbxReader, ids: readonly string[], job: JobHandle): Rows {
  const missing = new Set(ids)
  try {
    for await (const page of source.all(client, {}, { signal: job.signal }))
      yield page.filter(({ id }) => missing.delete(String(id)))
  } catch (error) {
    const { detail } = incompleteOr(error)
    if (missing.size === 0) return
    throw new IncompleteListError(detail.operation ?? '', ids.length - missing.size, ids.length)
  }
  for (const id of missing) job.fail({ id, label: id, error: { code: 'not-found', message: 'Not found on the PBX' } })
}

/** The rows of an export's scope, page by page; progress tells how many of how many. */
export async function* rowsOf(source: ExportSource, client: PbxReader, scope: ExportScope, job: JobHandle): Rows {
  if (scope.kind === 'selection') {
    const { ids } = scope
    let done = 0
    job.progress(0, ids.length)
    for await (const rows of ids.length <= readSinglyMax
      ? singles(source, client, ids, job)
      : picked(source, client, ids, job)) {
      yield rows
      job.progress((done += rows.length), ids.length)
    }
    return
  }
  const query = scope.kind === 'filtered' ? scope.query : {}
  yield* source.all(client, query, { signal: job.signal, onProgress: (done, total) => job.progress(done, total) })
}
