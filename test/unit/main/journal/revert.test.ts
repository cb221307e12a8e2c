import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import { overrideOf, type Confirmation } from '@shared/domain/write'
import type { ListId, ResourceId } from '@shared/resources/ids'
import { reversalOf } from '@shared/journal/reversal-of'
import { AccountService } from '@main/services/account-service'
import { Journal } from '@main/services/journal/journal'
import { JournalView } from '@main/services/journal/journal-view'
import { RevertService } from '@main/services/journal/revert'
import { writeJournal } from '@main/services/journal/write-journal'
import { RecordsService } from '@main/services/records/records-service'
import { TrunksService } from '@main/services/trunks/trunks-service'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { noWaiting } from '@test/fakes/timing'
import { failureOf, Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

const confirmation: Confirmation = { acknowledged: true, typedName: '', override: '' }
const place = { timezone: 'Europe/Vienna', currency: 'EUR', region: 'AUT' }

let harness: Harness
beforeEach(() => {
  harness = new Harness()
})
afterEach(() => harness.close())

/** Records, journal and reverts on a practice server. */
async function start() {
  const { pbx, id: serverId } = await harness.add({ rules: 0, tenants: 2, dealers: 2 }, { protection: 'open' })
  await harness.signIn(serverId, pbx)
  const folder = join(temporaryFolder(), 'journal')
  const journal = new Journal({ folder })
  const view = new JournalView(journal, folder, 'tech')
  const { sessions, servers } = harness
  const log = writeJournal({ journal, servers, systemUser: 'tech', report: () => undefined })
  const writer = new Writer({ servers, access: (id) => sessions.access(id), log, timing: noWaiting })
  const deps = { servers, writer }
  const records = new RecordsService({ ...deps, hooks: resourceHooks() })
  const account = new AccountService({ ...deps, sessions })
  const trunks = new TrunksService(deps)
  const reverts = new RevertService({ entry: (seq) => view.entry(seq), records, trunks })
  const at = <R extends ResourceId>(resource: R) => ({ serverId, resource, confirmation })
  const newest = async () => {
    const [row] = (await view.rows({ offset: 0, limit: 1 })).items
    return view.entry(row?.seq ?? 0)
  }
  const create = async (resource: ListId, values: RecordValues) =>
    String((await records.create({ ...at(resource), values })).after['id'])
  const values = async (resource: ResourceId, id?: string) =>
    (await records.get({ serverId, resource, ...(id !== undefined && { id }) })).values
  const checkNewest = async () => reverts.check({ seq: (await newest()).intent.seq, secrets: {} })
  const revertNewest = async (secrets: RecordValues = {}, changed: Partial<Confirmation> = {}) => {
    const { intent } = await newest()
    return reverts.revert({ seq: intent.seq, secrets, confirmation: { ...confirmation, ...changed } })
  }
  return { pbx, serverId, records, trunks, account, at, newest, create, values, checkNewest, revertNewest, reverts }
}

const rule = { cidr: '41.202.7.9/32', target: 'DENY', expire_at: null, description: 'Scanner' }
const north = { level: 'RESELLER', name: 'north', password: 'Valid-Word-58', max_tenants: 10, max_extensions: 100 }
const isGone = { code: 'not-found' }

describe('a created record is deleted', () => {
  it.each<[ListId, RecordValues]>([
    ['ip-rules', rule],
    ['transports', { protocol: 'UDP', port: 5099 }],
    ['dealers', north],
  ])('%s', async (resource, record) => {
    const on = await start()
    const id = await on.create(resource, record)
    expect(reversalOf(await on.newest()).possible).toBe('yes')
    await on.revertNewest()
    expect(await failureOf(on.values(resource, id))).toMatchObject(isGone)
    expect((await on.newest()).intent).toMatchObject({ source: { kind: 'revert', of: 1 }, write: { kind: 'delete' } })
  })

  it('a tenant, only with its name typed', async () => {
    const on = await start()
    const id = await on.create('tenants', { name: 'Kunde Neu', domain: 'neu.example', ...place })
    expect(await failureOf(on.revertNewest())).toMatchObject({ code: 'guarded' })
    const { guards } = await on.checkNewest()
    await on.revertNewest({}, { override: overrideOf(guards) })
    on.pbx.advanceClock(60)
    expect(await failureOf(on.values('tenants', id))).toMatchObject(isGone)
  })
})

describe('a changed record gets its previous values', () => {
  it('a rule', async () => {
    const on = await start()
    const id = await on.create('ip-rules', rule)
    await on.records.update({ ...on.at('ip-rules'), id, before: rule, changes: { description: 'Botnet' } })
    await on.revertNewest()
    expect(await on.values('ip-rules', id)).toMatchObject({ description: 'Scanner' })
  })

  it('a setting', async () => {
    const on = await start()
    const before = await on.values('notification')
    await on.records.update({ ...on.at('notification'), before: {}, changes: { server: 'smtp.elsewhere.example' } })
    expect(await on.values('notification')).toMatchObject({ server: 'smtp.elsewhere.example' })
    await on.revertNewest()
    expect((await on.values('notification'))['server']).toEqual(before['server'])
  })

  it.each<[ListId, RecordValues, RecordValues]>([
    ['transports', { protocol: 'TLS', port: 5099 }, { port: 5098 }],
    ['tenants', { name: 'Kunde Neu', domain: 'neu.example', ...place }, { domain: 'anders.example' }],
    ['dealers', north, { max_tenants: 20 }],
  ])('one of %s', async (resource, record, changes) => {
    const on = await start()
    const id = await on.create(resource, record)
    const [[key, value] = []] = Object.entries(changes)
    await on.records.update({ ...on.at(resource), id, before: {}, changes })
    expect((await on.values(resource, id))[key ?? '']).toBe(value)
    await on.revertNewest()
    expect((await on.values(resource, id))[key ?? '']).toBe(record[key ?? ''])
  })

  it('partly, if a secret was changed: the journal does not have the previous one', async () => {
    const on = await start()
    const changes = { server: 'smtp.elsewhere.example', password: 'Other-Secret-1' }
    await on.records.update({ ...on.at('notification'), before: {}, changes })
    expect(reversalOf(await on.newest())).toMatchObject({ possible: 'partly', notRestored: ['Password'] })
    await on.revertNewest()
    expect((await on.newest()).intent.write.changes).not.toHaveProperty('password')
  })

  it('not if someone else has changed it since: that is a conflict, and nothing is sent', async () => {
    const on = await start()
    const id = await on.create('ip-rules', rule)
    const update = (description: string) =>
      on.records.update({ ...on.at('ip-rules'), id, before: {}, changes: { description } })
    await update('Mine')
    const mine = await on.newest()
    await update('Theirs')
    const posts = () => on.pbx.requests.filter(({ method }) => method === 'POST').length
    const before = posts()
    const { seq } = mine.intent
    expect(await failureOf(on.reverts.revert({ seq, secrets: {}, confirmation }))).toMatchObject({ code: 'conflict' })
    expect(posts()).toBe(before)
  })
})

it.each<[string, ListId, RecordValues, RecordValues]>([
  ['a new rule that somebody changed', 'ip-rules', rule, { description: 'Theirs' }],
  ['a new transport that somebody changed', 'transports', { protocol: 'TLS', port: 5099 }, { port: 5098 }],
])('%s since is not deleted: that is a conflict, and nothing is sent', async (_, resource, record, changes) => {
  const on = await start()
  const id = await on.create(resource, record)
  const { seq } = (await on.newest()).intent
  await on.records.update({ ...on.at(resource), id, before: {}, changes })
  expect(await failureOf(on.reverts.revert({ seq, secrets: {}, confirmation }))).toMatchObject({ code: 'conflict' })
  expect(await on.values(resource, id)).toMatchObject(changes)
})

describe('a deleted record is created again, with a new ID', () => {
  it('a rule, with all its values', async () => {
    const on = await start()
    const id = await on.create('ip-rules', rule)
    await on.records.destroyOne({ ...on.at('ip-rules'), id, before: {} })
    const made = await on.revertNewest()
    expect(made?.after).toMatchObject({ cidr: rule.cidr, description: 'Scanner' })
    expect(made?.after['id']).not.toBe(id)
  })

  it('a rule, only once: a second time would create two', async () => {
    const on = await start()
    const id = await on.create('ip-rules', rule)
    await on.records.destroyOne({ ...on.at('ip-rules'), id, before: rule })
    const { intent } = await on.newest()
    await on.revertNewest()
    const revertedBy = (await on.newest()).intent.seq
    const again = on.reverts.revert({ seq: intent.seq, secrets: {}, confirmation })
    expect(await failureOf(again)).toMatchObject({
      message: `Entry ${intent.seq} cannot be reverted. Already reverted by entry ${revertedBy}.`,
    })
    expect(on.pbx.rules().map(({ cidr }) => cidr)).toEqual([rule.cidr])
  })

  it('a transport', async () => {
    const on = await start()
    const id = await on.create('transports', { protocol: 'UDP', port: 5099 })
    await on.records.destroyOne({ ...on.at('transports'), id, before: {} })
    expect((await on.revertNewest())?.after).toMatchObject({ protocol: 'UDP', port: 5099 })
  })

  it('a tenant, partly: it is created empty', async () => {
    const on = await start()
    const id = await on.create('tenants', { name: 'Kunde Neu', domain: 'neu.example', ...place })
    const override = overrideOf(await on.records.checkDestroy({ ...on.at('tenants'), ids: [id] }))
    const typed = { ...on.at('tenants'), confirmation: { ...confirmation, override } }
    await on.records.destroyOne({ ...typed, id, before: {} })
    on.pbx.advanceClock(60)
    expect(reversalOf(await on.newest())).toMatchObject({
      possible: 'partly',
      notRestored: expect.arrayContaining([expect.stringMatching(/comes back empty/)]),
    })
    expect((await on.revertNewest())?.after).toMatchObject({ name: 'Kunde Neu', domain: 'neu.example' })
  })

  it('a dealer, with a new password from the user', async () => {
    const on = await start()
    const id = await on.create('dealers', north)
    await on.records.destroyOne({ ...on.at('dealers'), id, before: {} })
    expect(reversalOf(await on.newest())).toMatchObject({ possible: 'partly', write: { missing: ['password'] } })
    expect(await failureOf(on.revertNewest())).toMatchObject({ code: 'rejected' })
    const made = await on.revertNewest({ password: 'Valid-Word-59' })
    expect(made?.after).toMatchObject({ name: 'north' })
  })
})

describe('an assignment', () => {
  const values = { did_numbers: '3000;12000-18000', concurrency: 4 }

  /** The last trunk has no tenant. */
  async function startLab() {
    const on = await start()
    const { trunks, serverId } = on
    const trunkId = (await trunks.list({ serverId })).trunks.at(-1)?.id ?? ''
    const [tenant, other] = (await trunks.tenants({ serverId, query: { offset: 0, limit: 2 } })).items
    const lab = { serverId, trunkId, tenantId: tenant?.id ?? '', confirmation }
    await trunks.assign({ ...lab, values })
    const now = async () => (await trunks.assignments(lab)).find(({ id }) => id === lab.tenantId)
    return { ...on, lab, now, tenant: tenant?.name, other: other?.id ?? '' }
  }

  it('that was created is unassigned, and named by trunk and tenant', async () => {
    const on = await startLab()
    expect((await on.newest()).intent.write).toMatchObject({
      kind: 'create',
      resource: 'trunk-assignment',
      identity: `assignment of Lab to ${on.tenant}`,
    })
    expect((await on.checkNewest()).warnings.join()).toContain('Calls of the tenant over Lab stop')
    await on.revertNewest()
    expect(await on.now()).toBeUndefined()
    expect((await on.newest()).intent).toMatchObject({ source: { kind: 'revert', of: 1 }, write: { kind: 'delete' } })
  })

  it('that was changed gets only its previous values', async () => {
    const on = await startLab()
    const pool = { did_numbers: '3000' }
    await on.trunks.update({ ...on.lab, before: values, changes: pool })
    const changed = (await on.newest()).intent.seq
    expect((await on.newest()).intent.write).toMatchObject({ before: values, changes: pool })
    await on.trunks.update({ ...on.lab, before: {}, changes: { concurrency: 9 } })
    await on.reverts.revert({ seq: changed, secrets: {}, confirmation })
    expect(await on.now()).toMatchObject({ did_numbers: values.did_numbers, concurrency: 9 })
  })

  it('that was unassigned is assigned again with its pool and its calls', async () => {
    const on = await startLab()
    await on.trunks.unassign(on.lab)
    expect(reversalOf(await on.newest()).possible).toBe('yes')
    await on.revertNewest()
    expect(await on.now()).toMatchObject(values)
  })

  it('is not assigned again with numbers that another tenant has meanwhile', async () => {
    const on = await startLab()
    await on.trunks.unassign(on.lab)
    const { seq } = (await on.newest()).intent
    await on.trunks.assign({ ...on.lab, tenantId: on.other, values: { did_numbers: '3000' } })
    expect(await failureOf(on.reverts.revert({ seq, secrets: {}, confirmation }))).toMatchObject({ code: 'guarded' })
    expect(await on.now()).toBeUndefined()
  })

  it.each<[string, (on: Awaited<ReturnType<typeof startLab>>) => Promise<unknown>]>([
    ['created one', () => Promise.resolve()],
    ['changed one', (on) => on.trunks.update({ ...on.lab, before: values, changes: { did_numbers: '3000' } })],
    ['unassigned one', (on) => on.trunks.unassign(on.lab)],
  ])('is a conflict if someone else has changed the %s since, and nothing is sent', async (title, change) => {
    const on = await startLab()
    await change(on)
    const { seq } = (await on.newest()).intent
    if (title === 'unassigned one') await on.trunks.assign({ ...on.lab, values: { did_numbers: '555' } })
    else await on.trunks.update({ ...on.lab, before: {}, changes: { did_numbers: '555' } })
    expect(await failureOf(on.reverts.revert({ seq, secrets: {}, confirmation }))).toMatchObject({ code: 'conflict' })
    expect(await on.now()).toMatchObject({ did_numbers: '555' })
  })
})

describe('a change that cannot be reverted has a reason', () => {
  it('a password', async () => {
    const on = await start()
    const id = String((await on.records.list({ ...on.at('dealers'), query: { offset: 0, limit: 1 } })).items[0]?.['id'])
    await on.account.resetDealerPassword({ serverId: on.serverId, id, password: 'Valid-Word-60', confirmation })
    expect(reversalOf(await on.newest())).toMatchObject({
      possible: 'no',
      reason: expect.stringMatching(/cannot be read/),
    })
    expect(await failureOf(on.revertNewest())).toMatchObject({ code: 'rejected' })
  })

  it('only a secret field', async () => {
    const on = await start()
    await on.records.update({ ...on.at('notification'), before: {}, changes: { password: 'Other-Secret-1' } })
    expect(reversalOf(await on.newest())).toMatchObject({ possible: 'no', reason: expect.stringMatching(/secrets/) })
  })

  it('a refused change', async () => {
    const on = await start()
    await on.pbx.setFaults({ status: 400, onlyPath: 'POST /ip_filters', times: 1 })
    await failureOf(on.create('ip-rules', rule))
    expect(reversalOf(await on.newest())).toMatchObject({ possible: 'no', reason: expect.stringMatching(/done/) })
  })
})
