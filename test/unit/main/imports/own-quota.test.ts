import { afterEach, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import { CustomersService } from '@main/services/customers/customers-service'
import { call, signIn } from '../../demo/client'
import { ImportsHarness } from './harness'

let harness: ImportsHarness
afterEach(() => harness.close())

const place = { timezone: 'Europe/Berlin', currency: 'EUR', region: 'DEU' }
const csv = (rows: readonly string[]) =>
  `name,domain,max_extensions,timezone,currency,region\n${rows.map((row) => `${row},Europe/Berlin,EUR,DEU`).join('\n')}\n`

/** A dealer with three of these tenants. */
async function dealer(maxTenants: number): Promise<void> {
  harness = await ImportsHarness.start({ tenants: 9, dealers: 3 }, { username: 'dealer1' })
  const { pbx, serverId, on } = harness
  const { access_token: token } = await signIn(pbx)
  const { items } = (await call(pbx, 'GET /dealers', { token })).json<{ items: { id: string; name: string }[] }>()
  const own = items.find(({ name }) => name === 'dealer1')?.id ?? ''
  await call(pbx, `POST /dealers/${own}`, { token, body: { max_tenants: maxTenants, max_extensions: 200 } })
  await on.harness.signIn(serverId, pbx, { username: 'dealer1', domain: '' })
}

test('a dealer is warned of the tenants and extensions of all rows of an import together', async () => {
  await dealer(4)
  const { plan, file } = await harness.plan(csv(['A,a.example,100', 'B,b.example,90', 'C,c.example,20']), 'tenants')
  expect(plan.counts.create).toBe(3)
  expect(plan.warnings).toEqual([
    'You have 3 of 4 tenants. The PBX may refuse 2 of 3 more.',
    '210 extensions of 3 tenants may exceed the dealer’s extension limit: 76 of 200 are left.',
  ])
  // A row that is left out does not count.
  const { importId } = file
  const fewer = await harness.imports.change({ importId, rows: ['2', '3'], isExcluded: true })
  expect(fewer.warnings).toEqual([])
  const one = await harness.imports.change({ importId, rows: ['4'], values: { max_extensions: '77' } })
  expect(one.warnings).toEqual(['77 extensions may exceed the dealer’s extension limit: 76 of 200 are left.'])
})

test('a dealer is warned in the preview of a new customer before anything is sent', async () => {
  await dealer(3)
  const { on, serverId, pbx } = harness
  const customers = new CustomersService({
    ...{ plans: on.plans, shelf: on.shelf, servers: on.harness.servers },
    trunks: { list: () => Promise.reject(new Error('No trunk was asked for')) },
  })
  const posts = () => pbx.requests.filter(({ method, path }) => method === 'POST' && path === '/tenants').length
  const { warnings } = await customers.preview({ serverId, tenant: { name: 'Neu', domain: 'neu.example', ...place } })
  expect(warnings).toEqual([
    'You already have 3 of 3 tenants. The PBX may refuse another one.',
    `${printNumber(1000)} extensions may exceed the dealer’s extension limit: 76 of 200 are left.`,
  ])
  expect(posts()).toBe(0)
})

test('a system administrator is not warned, and nothing more is read', async () => {
  harness = await ImportsHarness.start({ tenants: 3 })
  const { plan } = await harness.plan(csv(['A,a.example,90000', 'B,b.example,90000']), 'tenants')
  expect(plan.warnings).toEqual([])
  expect(harness.pbx.requests.filter(({ path }) => path.startsWith('/dealer'))).toEqual([])
})
