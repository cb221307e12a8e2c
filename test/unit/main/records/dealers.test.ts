import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { Confirmation } from '@shared/domain/write'
import { printNumber } from '@shared/format/print-number'
import { AccountService } from '@main/services/account-service'
import { readOverview } from '@main/services/read-overview'
import { RecordsService } from '@main/services/records/records-service'
import { resourceHooks } from '@main/services/resource-hooks'
import { failureOf, Harness, sentTo } from '../session/harness'

const confirmation: Confirmation = { acknowledged: true, typedName: '', override: '' }
const resource = 'dealers'

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

async function start(username = 'admin', version: '22.2' | '22.6' = '22.2', domain = '') {
  const { pbx, id: serverId } = await harness.add({ dealers: 6, version }, { username, domain })
  await harness.signIn(serverId, pbx, { username, domain })
  const client = () => harness.sessions.reader(serverId)
  const session = () => harness.sessions.state(serverId)
  const { servers, writer } = harness
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const account = new AccountService({ sessions: harness.sessions, servers, writer })
  return { pbx, serverId, client, session, records, account }
}

const dealer: RecordValues = {
  level: 'RESELLER',
  name: 'north',
  password: 'Valid-Word-58',
  max_tenants: 10,
  max_extensions: 100,
}

it('levels stand from the highest to the lowest, not by the alphabet', async () => {
  const { records, serverId } = await start()
  const query = { sort: { key: 'level', descending: false }, offset: 0, limit: 10 }
  const { items } = await records.list({ serverId, resource, query })
  expect(items.map(({ level }) => level)).toEqual([
    ...['DISTRIBUTOR', 'DISTRIBUTOR', 'SUB_DISTRIBUTOR', 'SUB_DISTRIBUTOR', 'RESELLER', 'RESELLER'],
  ])
})

it('a search finds what the table shows, and neither IDs nor values of the API', async () => {
  const { records, serverId } = await start()
  const all = { offset: 0, limit: 10 }
  const search = async (text: string) =>
    (await records.list({ serverId, resource, query: { ...all, search: text } })).items.map(({ name }) => name)
  expect(await search('Sub-distributor')).toHaveLength(2)
  expect(await search('SUB_DISTRIBUTOR')).toEqual([])
  const [first] = (await records.list({ serverId, resource, query: all })).items
  expect(await search(String(first?.['id']))).toEqual([])
  const amount = Number(first?.['max_extensions'])
  expect(await search(String(amount))).toContain(first?.['name'])
  expect(await search(printNumber(amount))).toContain(first?.['name'])
})

it('names are sorted as for people: numbers by size, upper and lower case together', async () => {
  const { records, serverId } = await start()
  for (const name of ['Dealer10', 'dealer7', 'Alpha'])
    await records.create({ serverId, resource, values: { ...dealer, name }, confirmation })
  const query = { sort: { key: 'name', descending: false }, offset: 0, limit: 20 }
  const names = (await records.list({ serverId, resource, query })).items.map(({ name }) => name)
  expect(names.filter((name) => ['Alpha', 'dealer2', 'dealer7', 'Dealer10'].includes(String(name)))).toEqual([
    ...['Alpha', 'dealer2', 'dealer7', 'Dealer10'],
  ])
})

it('a dealer is checked before it is sent; its password is not read back', async () => {
  const { records, serverId, pbx } = await start()
  const values = { ...dealer, name: 'System', password: 'no-digits-Here' }
  const { fields } = await failureOf(records.create({ serverId, resource, values, confirmation }))
  expect(fields?.map(({ path }) => path)).toEqual(['name', 'password'])
  expect(sentTo(pbx).filter((line) => line.startsWith('POST /dealers'))).toEqual([])
  const { after, differences } = await records.create({ serverId, resource, values: dealer, confirmation })
  expect(differences).toEqual([])
  expect(after).not.toHaveProperty('password')
  const id = String(after['id'])
  const renamed = records.update({ serverId, resource, id, before: {}, changes: { name: 'x' }, confirmation })
  expect(await failureOf(renamed)).toMatchObject({ fields: [{ path: 'name', message: 'This field cannot be set' }] })
})

it('22.6 requires an email address and a display name', async () => {
  const { records, serverId } = await start('admin', '22.6')
  const { fields } = await failureOf(records.create({ serverId, resource, values: dealer, confirmation }))
  expect(fields?.map(({ path }) => path)).toEqual(['email', 'display_name'])
})

it('only a distributor can have full access, which is checked before sending', async () => {
  const admin = await start()
  const changes = { tenant_full_access: false }
  const warned = await admin.records.check({ serverId: admin.serverId, resource, changes })
  expect(warned.warnings.join()).toContain('Only a distributor can change')
  const distributor = await start('dealer1')
  const { serverId, records } = distributor
  expect((await records.check({ serverId, resource, changes })).warnings).toEqual([])
  const made = await records.create({ serverId, resource, values: { ...dealer, ...changes }, confirmation })
  expect([made.after['tenant_full_access'], made.differences]).toEqual([false, []])
})

it('a dealer can create only lower levels, and is warned of limits above its own', async () => {
  const { records, serverId } = await start('dealer1')
  const values = { ...dealer, level: 'DISTRIBUTOR' }
  expect(await failureOf(records.create({ serverId, resource, values, confirmation }))).toMatchObject({
    code: 'forbidden',
  })
  const { warnings } = await records.check({ serverId, resource, changes: { max_tenants: 100_000 } })
  expect(warnings.join()).toContain(`${printNumber(100_000)} tenants exceed your own limit`)
})

it('a dealer gets a new password, after the policy and the protection level', async () => {
  const { account, records, serverId, pbx } = await start()
  const { after } = await records.create({ serverId, resource, values: dealer, confirmation })
  const args = { serverId, id: String(after['id']), password: 'Other-Word-67', confirmation }
  expect(await failureOf(account.resetDealerPassword({ ...args, password: 'my-North-58' }))).toMatchObject({
    fields: [{ path: 'password' }],
  })
  const unconfirmed = { ...confirmation, acknowledged: false }
  expect(await failureOf(account.resetDealerPassword({ ...args, confirmation: unconfirmed }))).toMatchObject({
    code: 'confirmation-required',
  })
  await account.resetDealerPassword(args)
  expect(sentTo(pbx).filter((line) => line.endsWith('/password 200'))).toHaveLength(1)
  expect(pbx.accounts.find(({ username }) => username === 'north')?.password).toBe('Other-Word-67')
})

it.each([
  ['admin', '', 'status'],
  ['dealer1', '', 'dealer'],
  ['admin', 'tenant1.example', undefined],
] as const)('the overview of %s %s has the figures that it may read', async (username, domain, figures) => {
  const { client, session, pbx } = await start(username, '22.2', domain)
  const { info, status, dealer: own } = await readOverview(client(), session())
  expect(info.web_domain).toBe('pbx.example.com')
  expect([status !== undefined, own !== undefined]).toEqual([figures === 'status', figures === 'dealer'])
  expect(sentTo(pbx).filter((line) => line.endsWith(' 403'))).toEqual([])
})
