import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import pMap from 'p-map'
import type { MergedState } from '@shared/fleet/merged'
import { MergedTables } from '@main/services/rows/merged-tables'
import { RowReader } from '@main/services/rows/row-reader'
import { RowsInThread } from '@main/services/rows/rows-in-thread'
import { headStartMs, pushMs } from '@main/services/rows/table-timing'
import { projectFolder } from './lib/electron-process'
import { median, print, timed } from './lib/figure'
import { plainClient } from './lib/plain-client'
import { fleetOf, startServers, trustedRecords } from './lib/practice-fleet'
import { tokenFor } from './lib/practice-server'

/**
 * The rules of a fleet in one table, read into the thread that keeps them. The limiter of the app has a burst of 500
 * requests for each server, so that the 20 of a reading pass it on both sides.
 */
const count = 50
const rules = 2000
const latency = 30
const rounds = 5

const { announced, stop } = await startServers({ servers: count, rules, tenants: 2, latency })
const records = await trustedRecords(announced)
const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
const config = join(folder, 'curl.config')
const tokens = await pMap(announced, tokenFor, { concurrency: 8 })
const sections = announced.map(({ url }, server) => {
  const pages = Array.from({ length: rules / 100 }, (_, page) => {
    const query = page === 0 ? 'top=100' : `top=100&skip=${page * 100}`
    return `url = "${url}/api/ip_filters?${query}"\noutput = "${join(folder, `${server}-${page}.json`)}"`
  })
  return [`header = "Authorization: Bearer ${tokens[server]}"`, 'insecure', 'http1.1', 'silent', 'fail', ...pages]
})
writeFileSync(config, sections.map((lines) => lines.join('\n')).join('\nnext\n'))

function curl(atOnce: number): void {
  const args = ['-Z', '--parallel-max', String(atOnce), '-K', config]
  const { status } = spawnSync('curl', args)
  if (status !== 0) throw new Error(`curl failed with ${status}`)
}

/** The first response of one server, on a connection that is open, as the app's is after signing in. */
async function firstResponse(): Promise<number> {
  const plain = plainClient({ url: announced[0]?.url ?? '', token: tokens[0] ?? '' })
  await plain.send('GET', '/info')
  const ms = await timed(() => plain.send('GET', '/ip_filters?top=100'))
  plain.close()
  return ms
}

/** From opening the table to the first rows that the window can show, and to all of them. */
async function app(): Promise<{ readonly first: number; readonly all: number }> {
  const { servers, sessions, close } = await fleetOf(records, announced[0]?.password ?? '')
  const names = new Map(records.map(({ id, name }) => [id, name]))
  const start = (): Worker => new Worker(join(projectFolder, 'out/main/rows.js'), { workerData: { locale: 'en' } })
  const thread = new RowsInThread(
    start,
    () => names,
    () => undefined,
  )
  const reader = new RowReader({
    servers,
    rows: thread.rows,
    account: (id) => id,
    now: Date.now,
    onChange: (serverId, resource) => tables.listChanged(serverId, resource),
  })
  let show: (state: MergedState) => void = () => undefined
  const tables = new MergedTables({
    servers,
    rows: thread.rows,
    reader,
    restore: () => undefined,
    onChange: (state) => show(state),
    later: (run) => void setTimeout(run, pushMs),
    startOthers: (start) => void setTimeout(start, headStartMs),
  })
  const ids = records.map(({ id }) => id)
  await servers.forEach(ids, (serverId) =>
    sessions.signIn({
      serverId,
      username: 'admin',
      password: announced[0]?.password ?? '',
      domain: '',
      remember: false,
      confirmRisk: false,
    }),
  )
  // The thread starts with the first use of a run of the app.
  await thread.rows.open('other', 'tenants')
  const began = performance.now()
  const result = await new Promise<{ first: number; all: number }>((resolve, reject) => {
    let first = 0
    show = ({ viewId, servers: shown }) => {
      if (shown.some(({ phase }) => phase === 'failed' || phase === 'incomplete' || phase === 'signed-out'))
        return reject(new Error('A server was not read'))
      if (!shown.some((server) => server.rows > 0)) return
      const isComplete = shown.every(({ phase }) => phase === 'read')
      void tables.page(viewId, { serverIds: ids, epoch: 0, offset: 0, limit: 100 }).then((page) => {
        if (page.count > 0) first ||= performance.now() - began
        if (!isComplete) return
        if (page.count === count * rules) resolve({ first, all: performance.now() - began })
        else reject(new Error(`${page.count} rows came`))
      }, reject)
    }
    tables.open('ip-rules', ids).then(show, reject)
  })
  tables.closeAll()
  await thread.stop()
  await close()
  return result
}

await app()
const figures: { eight: number; wide: number; response: number; first: number; all: number }[] = []
for (let round = 0; round < rounds; round++) {
  const eight = await timed(() => curl(8))
  const wide = await timed(() => curl(64))
  const response = await firstResponse()
  figures.push({ eight, wide, response, ...(await app()) })
}
const middle = (key: 'eight' | 'wide' | 'response' | 'first' | 'all'): number =>
  median(figures.map((each) => each[key]))
const all = middle('all')
print({
  name: '50 servers x 2,000 rules in one table at 30 ms / curl, 8 in parallel',
  unit: 'ms',
  limit: middle('eight'),
  app: all,
})
print({
  name: '50 servers x 2,000 rules in one table at 30 ms / curl, 64 in parallel',
  unit: 'ms',
  limit: middle('wide'),
  app: all,
})
print({
  name: 'first rows of 50 servers in one table / the response of one server',
  unit: 'ms',
  limit: middle('response'),
  app: middle('first'),
})
stop()
rmSync(folder, { recursive: true })
