import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Confirmation } from '@shared/domain/write'
import type { Timing } from '@main/portsip/token-bucket'
import { RecordsService } from '@main/services/records/records-service'
import { WriteAccess } from '@main/services/writes/approved'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { oneServer } from '@test/fakes/servers'
import { noLog } from '@test/fakes/writer'
import { failureOf, Harness } from '../session/harness'
import { signIn } from '../ip-rules/practice'

const confirmation: Confirmation = { acknowledged: true, typedName: '', override: '' }
const rule = { cidr: '41.202.7.1/32', target: 'DENY', expire_at: null, description: 'Late' }

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

/**
 * IP rules of a server that makes a change only after its connection was closed. `pass` is called for each wait, with
 * its milliseconds.
 */
async function start(pass: (ms: number, run: () => void) => void) {
  const { pbx, id: serverId } = await harness.add({ rules: 0 })
  const { client, dispose } = await signIn(pbx)
  const timing: Timing = {
    now: () => performance.now(),
    after: (ms, run) => {
      pass(ms, run)
      return () => undefined
    },
  }
  const servers = oneServer(client, () => harness.get(serverId))
  const writer = new Writer({ servers, access: () => new WriteAccess(client), log: noLog, timing })
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const posts = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/ip_filters').length
  const create = () => records.create({ serverId, resource: 'ip-rules', confirmation, values: rule })
  return { pbx, create, posts, dispose }
}

it('a server that makes the change after it closed the connection is read until the change is there', async () => {
  const waits: number[] = []
  const on = await start((ms, run) => {
    waits.push(ms)
    // The second read follows once the server has made the change, however long that takes here.
    void expect
      .poll(() => on.pbx.rules().length)
      .toBe(1)
      .then(run)
  })
  await on.pbx.setFaults({ commitsLateMs: 200, onlyPath: 'POST /ip_filters', times: 1 })
  expect((await on.create()).after).toMatchObject({ cidr: rule.cidr })
  expect(waits).toEqual([2_000])
  expect(on.posts()).toBe(1)
  on.dispose()
})

it('a change that is made too late is unknown, and not sent again', async () => {
  const on = await start((_ms, run) => setImmediate(run))
  await on.pbx.setFaults({ commitsLateMs: 60_000, onlyPath: 'POST /ip_filters', times: 1 })
  expect(await failureOf(on.create())).toMatchObject({ code: 'unknown-outcome' })
  on.dispose()
})
