import { afterEach, beforeEach, expect, test } from 'vitest'
import { printNumber } from '@shared/format/print-number'
import type { RecordValues } from '@shared/domain/record'
import { RecordsService } from '@main/services/records/records-service'
import { TenantDealersService } from '@main/services/tenants/tenant-dealers'
import { resourceHooks } from '@main/services/resource-hooks'
import { call, signIn as adminSignIn } from '../../demo/client'
import { failureOf, Harness } from '../session/harness'

const confirmed = { acknowledged: true, typedName: '', override: '' }
const place = { timezone: 'Europe/Vienna', currency: 'EUR', region: 'AUT' }

let harness: Harness
beforeEach(() => (harness = new Harness()))
afterEach(() => harness.close())

async function start(options = {}) {
  const { pbx, id: serverId } = await harness.add({ tenants: 4, dealers: 3, ...options }, { protection: 'open' })
  await harness.signIn(serverId, pbx)
  const { servers, writer } = harness
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const at = { serverId, resource: 'tenants' as const }
  const { items } = await records.list({ ...at, query: { offset: 0, limit: 10 } })
  const ids = items.map(({ id }) => String(id))
  const change = async (id: string, changes: RecordValues) =>
    records.update({ ...at, id, before: {}, changes, confirmation: confirmed })
  const bodies = (path: RegExp) =>
    pbx.requests.filter((one) => one.method === 'POST' && path.test(one.path)).map(({ body }) => body)
  return { pbx, records, at, ids, change, bodies, dealers: new TenantDealersService({ servers, writer }) }
}

test('a domain is this tenant’s alone: nothing is sent with one that is taken, in any spelling', async () => {
  const { records, at, ids, bodies, change } = await start()
  const values = { name: 'Kunde Neu', domain: 'TENANT1.example', ...place }
  const refused = await failureOf(records.create({ ...at, values, confirmation: confirmed }))
  expect(refused.fields).toMatchObject([{ path: 'domain' }])
  expect((await failureOf(change(ids[1] ?? '', { domain: 'tenant1.example' }))).fields).toMatchObject([
    { path: 'domain' },
  ])
  expect(bodies(/^\/tenants/)).toEqual([])
  // Its own domain is no conflict.
  expect(await records.check({ ...at, id: ids[0], changes: { domain: 'tenant1.example' } })).toMatchObject({
    problems: [],
  })
})

test('a domain that the server has in capital letters is the same, in the form as after the creation', async () => {
  const { records, at, ids, bodies, change } = await start()
  await change(ids[0] ?? '', { domain: 'CASE.EXAMPLE' })
  const sent = bodies(/^\/tenants/).length
  const values = { name: 'Kunde Neu', domain: 'Case.Example', ...place }
  expect((await records.check({ ...at, changes: values })).problems).toMatchObject([{ path: 'domain' }])
  expect((await failureOf(records.create({ ...at, values, confirmation: confirmed }))).fields).toMatchObject([
    { path: 'domain' },
  ])
  expect(bodies(/^\/tenants/)).toHaveLength(sent)
  const shown = await records.get({ ...at, id: ids[0] })
  expect(shown.values['domain']).toBe('CASE.EXAMPLE')
})

test('the consequences of a change are reported before it is sent', async () => {
  const { records, at, ids } = await start()
  const warnings = async (changes: RecordValues) =>
    (await records.check({ ...at, id: ids[0], changes })).warnings.join(' ')
  expect(await warnings({ enabled: false })).toContain('cannot register or call')
  expect(await warnings({ domain: '192.0.2.7' })).toContain('IP address')
  expect(await warnings({ domain: 'other.example' })).toContain('lose their registration')
  expect(await warnings({ recording_retention: 10 })).toContain('deleted')
  expect(await warnings({ recording_retention: 1000 })).toBe('')
})

test('an object goes back whole, with its secrets and without blank fields; emptied text is sent as empty text', async () => {
  const { ids, change, bodies } = await start()
  await change(ids[0] ?? '', { 'cdr_event.url': 'https://a.example', email_recipients: null })
  await change(ids[1] ?? '', { 'e164.area_code': '30' })
  const [first, second] = bodies(/^\/tenants\//)
  expect(first).toMatchObject({
    email_recipients: '',
    cdr_event: { url: 'https://a.example', username: 'collector', password: 'collectorpass7' },
  })
  expect(Object.values((second as { e164: object }).e164)).not.toContain(null)
})

test('an emptied size is no limit, also where the PBX would assume one', async () => {
  const { records, at, bodies } = await start()
  const values = { name: 'Kunde Neu', domain: 'neu.example', ...place, disk_quota: '', extension_im_disk_quota: '' }
  const made = await records.create({ ...at, values, confirmation: confirmed })
  expect(made.differences).toEqual([])
  expect(bodies(/^\/tenants$/)).toEqual([
    { name: 'Kunde Neu', domain: 'neu.example', ...place, extension_im_disk_quota: '' },
  ])
})

test('22.6 asks for a website, and what it says stands at the field', async () => {
  const { records, at } = await start({ version: '22.6' })
  const values = { name: 'Kunde Neu', domain: 'neu.example', ...place }
  expect((await failureOf(records.create({ ...at, values, confirmation: confirmed }))).fields).toMatchObject([
    { path: 'website' },
  ])
})

test('deleting asks for the tenant’s name, whatever the protection level', async () => {
  const { records, at, ids, pbx } = await start({ tenantDestroyMs: 60_000 })
  const [guard] = await records.checkDestroy({ ...at, ids: [ids[1] ?? ''] })
  expect(guard?.kind).toBe('tenant-loss')
  const destroy = (override: string) =>
    records.destroyOne({ ...at, id: ids[1] ?? '', before: {}, confirmation: { ...confirmed, override } })
  expect((await failureOf(destroy('OVERRIDE'))).code).toBe('guarded')
  await destroy(guard?.word ?? '')
  await expect.poll(() => pbx.requests.filter(({ path }) => path.endsWith('/destroy')).length).toBe(1)
  expect((await records.get({ ...at, id: ids[1] })).values['domain']).toBe('tenant2.example')
  pbx.advanceClock(61)
  expect((await failureOf(records.get({ ...at, id: ids[1] }))).code).toBe('not-found')
})

test('secrets do not cross, and the window learns that they are stored', async () => {
  const { records, at, ids } = await start()
  const view = await records.get({ ...at, id: ids[0] })
  expect(view.stored).toEqual(['cdr_event.password', 'cdr_event.token'])
  expect(JSON.stringify(view)).not.toMatch(/collectorpass7|bearer-token/)
})

test('dealers are assigned and removed, each read back; a read-only server is left alone', async () => {
  const { dealers, at, ids } = await start()
  const target = { serverId: at.serverId, id: ids[1] ?? '' }
  const { assigned, others } = await dealers.list(target)
  expect([assigned.length, others.length]).toEqual([0, 3])
  const dealerId = others[2]?.id ?? ''
  const after = await dealers.assign({ ...target, dealerId, confirmation: confirmed })
  expect(after.assigned.map(({ id }) => id)).toEqual([dealerId])
  const back = await dealers.remove({ ...target, dealerId, confirmation: confirmed })
  expect(back.assigned).toEqual([])
  harness.patch(at.serverId, { protection: 'read-only' })
  expect((await failureOf(dealers.assign({ ...target, dealerId, confirmation: confirmed }))).code).toBe('read-only')
})

test('a dealer sees its own tenants alone', async () => {
  const { pbx, id: serverId } = await harness.add({ tenants: 9, dealers: 3 })
  await harness.signIn(serverId, pbx, { username: 'dealer1' })
  const { servers, writer } = harness
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const at = { serverId, resource: 'tenants' as const }
  expect((await records.list({ ...at, query: { offset: 0, limit: 10 } })).count).toBe(3)
  const values = { name: 'Kunde Neu', domain: 'neu.example', ...place }
  await records.create({ ...at, values, confirmation: confirmed })
  expect((await records.list({ ...at, query: { offset: 0, limit: 10 } })).count).toBe(4)
})

test('a dealer is warned of tenants and extensions beyond its limits, and the PBX refuses them', async () => {
  const { pbx, id: serverId } = await harness.add(
    { tenants: 4, dealers: 3 },
    { protection: 'open', username: 'dealer1' },
  )
  const { access_token: token } = await adminSignIn(pbx)
  const { items } = (await call(pbx, 'GET /dealers', { token })).json<{ items: { id: string; name: string }[] }>()
  const own = items.find(({ name }) => name === 'dealer1')?.id ?? ''
  const limit = (max_tenants: number) =>
    call(pbx, `POST /dealers/${own}`, { token, body: { max_tenants, max_extensions: 200 } })
  await harness.signIn(serverId, pbx, { username: 'dealer1', domain: '' })
  const { servers, writer } = harness
  const records = new RecordsService({ servers, writer, hooks: resourceHooks() })
  const at = { serverId, resource: 'tenants' as const }
  const values = { name: 'Neu', domain: 'neu.example', ...place }
  await limit(3)
  const fits = await records.check({ ...at, changes: { ...values, max_extensions: 80 } })
  expect(fits.warnings).toEqual([])
  await limit(2)
  const over = [
    'You already have 2 of 2 tenants. The PBX may refuse another one.',
    `${printNumber(1000)} extensions may exceed the dealer’s extension limit: 80 of 200 are left.`,
  ]
  // Without a value, the PBX assumes 1,000 extensions.
  expect((await records.check({ ...at, changes: values })).warnings).toEqual(over)
  const refused = await failureOf(records.create({ ...at, values, confirmation: confirmed }))
  expect(refused.code).toBe('rejected')
  const { items: rows } = await records.list({ ...at, query: { offset: 0, limit: 10 } })
  const changed = await records.check({ ...at, id: String(rows[0]?.['id']), changes: { max_extensions: 9000 } })
  expect(changed.warnings.join()).toMatch(/extensions may exceed the dealer’s extension limit: 80 of 200 are left\.$/)
})
