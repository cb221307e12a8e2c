import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ipRule } from '@shared/resources/ip-rule'
import { allRecords } from '@main/portsip/records'
import { inTurn, print, timed } from './lib/figure'
import { startBenchServer } from './lib/practice-server'

const rules = 10_000
const server = await startBenchServer({ rules, latency: 30 })
const folder = mkdtempSync(join(tmpdir(), 'fleet-bench-'))
const config = join(folder, 'curl.config')
const pages = Array.from({ length: rules / 100 }, (_, page) => {
  const query = page === 0 ? 'top=100' : `top=100&skip=${page * 100}`
  return `url = "${server.url}/api/ip_filters?${query}"\noutput = "${join(folder, `${page}.json`)}"`
})
writeFileSync(config, pages.join('\n'))

const curl = (): void => {
  const args = [
    '-Z',
    '--parallel-max',
    '8',
    '--http1.1',
    '-k',
    '-s',
    '-H',
    `Authorization: Bearer ${server.token}`,
    '-K',
    config,
  ]
  if (spawnSync('curl', args).status !== 0) throw new Error('curl failed')
}

async function app(): Promise<void> {
  let count = 0
  for await (const rows of allRecords(server.client, ipRule, {})) count += rows.length
  if (count !== rules) throw new Error(`${count} rules came instead of ${rules}`)
}

await app()
const figure = await inTurn(
  7,
  () => timed(curl),
  () => timed(app),
)
print({ name: '10,000 rules over 100 pages at 30 ms / curl, 8 in parallel', unit: 'ms', ...figure })
server.stop()
rmSync(folder, { recursive: true })
