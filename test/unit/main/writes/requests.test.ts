import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { ListId } from '@shared/resources/ids'
import type { PlanPreview } from '@shared/domain/plan'
import type { PracticePbx } from '@demo/practice-pbx'
import { allDealers } from '@main/portsip/tenants'
import { CustomersService } from '@main/services/customers/customers-service'
import { tenantValues } from '../customers/harness'
import { overridden } from '../ip-rules/practice'
import { ImportsHarness } from '../imports/harness'
import { confirmed } from '../plans/harness'
import { startRecords, type StartedRecords } from '../records/practice'

const others = { rules: 20, tenants: 3, dealers: 2 }
let on: StartedRecords
let many: ImportsHarness
beforeEach(async () => {
  on = await startRecords(others)
  many = await ImportsHarness.start(others)
})
afterEach(async () => {
  await on.close()
  await many.close()
})

const documented = readFileSync('docs/requests-per-change.md', 'utf8').replaceAll(/ +/g, ' ')

const rule = { cidr: '41.202.7.9/32', target: 'DENY', expire_at: null, description: '' }

/** The requests in order, as `GET /ip_filters`; repeated ones as `GET /ip_filters × 2`. */
async function requestsOf(pbx: PracticePbx, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = pbx.requests.length
  await work()
  const lines = pbx.requests
    .slice(before)
    .map(({ method, path }) => `${method} ${path.replace(/\/[\w=-]{12,}(?=\/|$)/g, '/{id}')}`)
  // A plan sends these together, so either may arrive first.
  if (lines[0] === 'GET /info') lines.splice(0, 2, lines[1] ?? '', 'GET /info')
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
  ['A new block rule', () => Promise.resolve(() => create('ip-rules', rule))],
  ['A new allow rule', () => Promise.resolve(() => create('ip-rules', { ...rule, target: 'ACCEPT' }))],
  ['The description of a rule', () => update({ description: 'Scanner' })],
  ['The range of a block rule', () => update({ cidr: '41.202.8.9/32' })],
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

it.each(changes)('%s costs the documented requests', async (title, prepare) => {
  const requests = await requestsOf(on.pbx, await prepare())
  expect(documented).toContain(`| ${title} | ${requests.map((line) => `\`${line}\``).join(', ')} |`)
  expect(requests.filter((line) => line.startsWith('POST'))).toHaveLength(1)
})

/** The rules of a plan, on the server beside others. */
const rulesOf = (count: number) => ({
  serverId: many.serverId,
  resource: 'ip-rules' as const,
  ids: many.on.deny(count),
})

const applying =
  ({ id }: PlanPreview) =>
  async () => {
    await many.on.plans.apply(id, confirmed)
    return many.on.ended(id)
  }

async function importing(count: number) {
  const rows = Array.from({ length: count }, (_, at) => `41.7.0.${at}/32,DENY`)
  const { file } = await many.plan(['CIDR,Action', ...rows].join('\n'))
  return () => many.apply(file.importId)
}

/** A tenant with a dealer and a number of the trunk that no tenant has. */
async function creatingCustomer() {
  const { serverId, plans: service, shelf, trunks, harness } = many.on
  const { servers } = harness
  const dealerId = (await allDealers(servers.reader(serverId)))[0]?.id ?? ''
  const trunkId = (await trunks.list({ serverId })).trunks.at(-1)?.id ?? ''
  const customers = new CustomersService({ plans: service, shelf, servers, trunks })
  const trunk = { trunkId, values: { did_numbers: '3000' } }
  return applying(await customers.preview({ serverId, tenant: tenantValues, dealerId, trunk }))
}

const plans: readonly (readonly [string, number, () => Promise<() => Promise<unknown>>])[] = [
  ['Deleting one rule', 1, async () => applying(await many.on.drafts.delete(rulesOf(1)))],
  ['Deleting 104 rules', 104, async () => applying(await many.on.drafts.delete(rulesOf(104)))],
  [
    'The description of 40 rules',
    40,
    async () => applying(await many.on.drafts.change({ ...rulesOf(40), changes: { description: 'Scanner' } })),
  ],
  ['Importing 100 rules', 100, () => importing(100)],
  ['A new customer with a dealer and numbers', 3, creatingCustomer],
]

it.each(plans)('%s costs the documented requests', async (title, steps, prepare) => {
  const apply = await prepare()
  let plan: unknown
  const requests = await requestsOf(many.pbx, async () => (plan = await apply()))
  expect(plan).toMatchObject({ state: 'finished', counts: { done: steps } })
  expect(documented).toContain(`| ${title} | ${requests.map((line) => `\`${line}\``).join(', ')} |`)
})
