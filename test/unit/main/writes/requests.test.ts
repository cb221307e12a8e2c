import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { ListId } from '@shared/resources/ids'
import { overridden } from '../ip-rules/practice'
import { startRecords, type StartedRecords } from '../records/practice'

let on: StartedRecords
beforeEach(async () => {
  on = await startRecords({ rules: 20, tenants: 3, dealers: 2 })
})
afterEach(() => on.close())

const documented = readFileSync('docs/requests-per-change.md', 'utf8').replaceAll(/ +/g, ' ')

const rule = { cidr: '41.202.7.9/32', target: 'DENY', expire_at: null, description: '' }

/** The requests in their order, as `GET /ip_filters`; several of the same behind each other as `GET /ip_filters × 2`. */
async function requestsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = on.pbx.requests.length
  await work()
  const lines = on.pbx.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace(/\/[\w=-]{12,}/, '/{id}')}`)
  const runs: { readonly line: string; count: number }[] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last?.line === line) last.count += 1
    else runs.push({ line, count: 1 })
  }
  return runs.map(({ line, count }) => (count === 1 ? line : `${line} × ${count}`))
}

const at = (resource: ListId) => ({ serverId: on.serverId, resource, confirmation: overridden })
const create = (resource: ListId, values: RecordValues) => on.records.create({ ...at(resource), values })

async function update(changes: RecordValues): Promise<() => Promise<unknown>> {
  const { after } = await create('ip-rules', rule)
  return () => on.records.update({ ...at('ip-rules'), id: String(after['id']), before: rule, changes })
}

const changes: readonly (readonly [string, () => Promise<() => Promise<unknown>>])[] = [
  ['A new rule that denies', () => Promise.resolve(() => create('ip-rules', rule))],
  ['A new rule that accepts', () => Promise.resolve(() => create('ip-rules', { ...rule, target: 'ACCEPT' }))],
  ['The description of a rule', () => update({ description: 'Scanner' })],
  ['The range of a rule that denies', () => update({ cidr: '41.202.8.9/32' })],
  [
    'A new tenant',
    () =>
      Promise.resolve(() =>
        create('tenants', {
          name: 'Kunde Neu',
          domain: 'neu.example',
          timezone: 'Europe/Vienna',
          currency: 'EUR',
          region: 'AUT',
        }),
      ),
  ],
  ['A new transport', () => Promise.resolve(() => create('transports', { protocol: 'UDP', port: 5099 }))],
]

it.each(changes)('%s costs the requests that are documented', async (title, prepare) => {
  const requests = await requestsOf(await prepare())
  expect(documented).toContain(`| ${title} | ${requests.map((line) => `\`${line}\``).join(', ')} |`)
  expect(requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
})
