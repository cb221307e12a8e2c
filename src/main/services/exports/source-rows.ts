import type { ExportScope } from '@shared/domain/export'
import type { IpRule } from '@shared/domain/ip-rule'
import { FleetError } from '@shared/ipc/result'
import { allIpRules, showIpRule } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import type { JobHandle } from '../jobs'

/** So many chosen rows are asked for one by one; more are picked out of the whole list. */
const singlesMax = 200
const atOnce = 8

async function* singles(client: PbxClient, ids: readonly string[], job: JobHandle): AsyncIterable<readonly IpRule[]> {
  for (let at = 0; at < ids.length; at += atOnce) {
    const rules = await Promise.all(
      ids.slice(at, at + atOnce).map(async (id) => {
        try {
          return await showIpRule(client, id, job.signal)
        } catch (error) {
          if (!(error instanceof FleetError) || error.detail.code !== 'not-found') throw error
          job.fail({ id, label: id, error: error.detail })
          return undefined
        }
      }),
    )
    yield rules.filter((rule) => rule !== undefined)
  }
}

async function* picked(client: PbxClient, ids: readonly string[], job: JobHandle): AsyncIterable<readonly IpRule[]> {
  const wanted = new Set(ids)
  for await (const page of allIpRules(client, {}, { signal: job.signal })) yield page.filter(({ id }) => wanted.has(id))
}

/** The rows of an export's scope, page by page; progress tells how many of how many. */
export async function* rowsOf(client: PbxClient, scope: ExportScope, job: JobHandle): AsyncIterable<readonly IpRule[]> {
  if (scope.kind === 'selection') {
    const { ids } = scope
    let done = 0
    job.progress(0, ids.length)
    for await (const rows of ids.length <= singlesMax ? singles(client, ids, job) : picked(client, ids, job)) {
      yield rows
      job.progress((done += rows.length), ids.length)
    }
    return
  }
  const query = scope.kind === 'filtered' ? scope.query : {}
  yield* allIpRules(client, query, { signal: job.signal, onProgress: (done, total) => job.progress(done, total) })
}
