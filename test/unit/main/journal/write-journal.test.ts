import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JournalLine } from '@shared/domain/journal'
import type { Confirmation } from '@shared/domain/write'
import { AccountService } from '@main/services/account-service'
import { Journal } from '@main/services/journal/journal'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import { readJournal, verifyJournal } from '@main/services/journal/read-journal'
import { writeJournal } from '@main/services/journal/write-journal'
import { LicenseService } from '@main/services/license-service'
import { RecordsService } from '@main/services/records/records-service'
import { TenantDealersService } from '@main/services/tenants/tenant-dealers'
import { Writer } from '@main/services/writes/writer'
import { resourceHooks } from '@main/services/resource-hooks'
import { noWaiting } from '@test/fakes/timing'
import { failureOf, Harness } from '../session/harness'
import { temporaryFolder } from '../storage/temporary'

const confirmation: Confirmation = { acknowledged: true, typedName: '', override: '' }
const planted = 'Planted-Secret-58'

let harness: Harness
let folder: string
beforeEach(() => {
  harness = new Harness()
  folder = join(temporaryFolder(), 'journal')
})
afterEach(() => harness.close())

/** Services that change a practice server, with a journal. */
async function start(disk: Partial<JournalDisk> = {}) {
  const { pbx, id: serverId } = await harness.add(
    { dealers: 2, rules: 0 },
    { name: 'Kunde A', folder: 'North', tags: ['gold'] },
  )
  await harness.signIn(serverId, pbx)
  const journal = new Journal({ folder, disk: { ...realDisk, ...disk } })
  const reports: string[] = []
  const { sessions, servers } = harness
  const log = writeJournal({
    journal,
    servers,
    systemUser: 'tech',
    report: (what) => void reports.push(what),
  })
  const writer = new Writer({
    servers,
    access: (id) => sessions.access(id),
    log,
    timing: noWaiting,
  })
  const deps = { servers, writer }
  const records = new RecordsService({ ...deps, hooks: resourceHooks() })
  const account = new AccountService({ ...deps, sessions })
  const license = new LicenseService(deps)
  const dealers = new TenantDealersService(deps)
  const posts = () => pbx.requests.filter(({ method, path }) => method === 'POST' && !path.startsWith('/auth'))
  return { pbx, serverId, records, account, license, dealers, reports, posts }
}

async function lines(): Promise<readonly JournalLine[]> {
  const entries: JournalLine[] = []
  for await (const { entry } of readJournal(folder)) if (entry !== undefined) entries.push(entry)
  return entries
}

const rule = { cidr: '41.202.7.7/32', target: 'DENY', expire_at: null, description: 'Scanner' }

it('a change is in the journal with its user, server, previous values and result', async () => {
  const { records, serverId } = await start()
  const at = { serverId, resource: 'ip-rules' as const, confirmation }
  const { after } = await records.create({ ...at, values: rule })
  const id = String(after['id'])
  await records.update({ ...at, id, before: rule, changes: { description: 'Botnet' } })
  const [created, createdResult, changed, changedResult] = await lines()
  expect(created).toMatchObject({
    seq: 1,
    kind: 'intent',
    server: { id: serverId, name: 'Kunde A', folder: 'North', tags: ['gold'] },
    user: { system: 'tech', pbx: 'admin' },
    write: {
      kind: 'create',
      operation: 'POST /ip_filters',
      resource: 'ip-rules',
      before: {},
      changes: { cidr: '41.202.7.7/32', description: 'Scanner' },
    },
    source: { kind: 'form' },
  })
  expect(createdResult).toMatchObject({ kind: 'result', of: 1, outcome: 'done', newId: id })
  expect(changed).toMatchObject({
    write: {
      kind: 'change',
      operation: 'POST /ip_filters/{id}',
      id,
      before: { description: 'Scanner', target: 'DENY' },
      changes: { description: 'Botnet' },
    },
  })
  expect(changedResult).toMatchObject({ kind: 'result', of: 3, outcome: 'done' })
  expect(await verifyJournal(folder)).toEqual({ verified: 4 })
})

it('an equal record on the server is in the result', async () => {
  const { records, serverId } = await start()
  const at = { serverId, resource: 'ip-rules' as const, confirmation }
  await records.create({ ...at, values: rule })
  await records.create({ ...at, values: rule })
  expect((await lines()).at(-1)).toMatchObject({
    outcome: 'done',
    error: { message: 'Another rule for 41.202.7.7/32 (Block) is on the server.' },
  })
})

it('each way to end has its outcome', async () => {
  const { records, serverId, pbx } = await start()
  const at = { serverId, resource: 'ip-rules' as const, confirmation }
  const create = (cidr: string) => records.create({ ...at, values: { ...rule, cidr } })
  const onCreate = { onlyPath: 'POST /ip_filters', times: 1 }
  await pbx.setFaults({ status: 400, ...onCreate })
  await failureOf(create('41.202.7.1/32'))
  await pbx.setFaults({ status: 500, dropAfterReceive: true, ...onCreate })
  await failureOf(create('41.202.7.2/32'))
  const results = (await lines()).filter((line) => line.kind === 'result')
  expect(results.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
    ['refused', 'rejected'],
    ['unknown', 'unknown-outcome'],
  ])
})

it('a change whose effect cannot be read is unknown, although the server confirmed it', async () => {
  const { account, records, serverId } = await start()
  const query = { offset: 0, limit: 1 }
  const [dealer] = (await records.list({ serverId, resource: 'dealers', query })).items
  await account.resetDealerPassword({ serverId, id: String(dealer?.['id']), password: planted, confirmation })
  const [, password] = await lines()
  expect(password).toMatchObject({
    kind: 'result',
    outcome: 'unknown',
    error: { message: 'The server confirmed the change, and its effect cannot be read.' },
  })
})

it('changes of accounts have the names that a technician knows, each as a change', async () => {
  const { account, dealers, records, serverId, pbx } = await start()
  const first = async (resource: 'dealers' | 'tenants') =>
    (await records.list({ serverId, resource, query: { offset: 0, limit: 1 } })).items[0] ?? {}
  const [dealer, tenant] = [await first('dealers'), await first('tenants')]
  const assignment = { serverId, id: String(tenant['id']), dealerId: String(dealer['id']), confirmation }
  await account.changeName({ serverId, name: 'chief', confirmation })
  await account.changePassword({ serverId, oldPassword: pbx.password, newPassword: planted, confirmation })
  await account.resetDealerPassword({ serverId, id: String(dealer['id']), password: planted, confirmation })
  await dealers.assign(assignment)
  await dealers.remove(assignment)
  const writes = (await lines()).flatMap((line) => (line.kind === 'intent' ? [line.write] : []))
  expect(writes.map(({ kind, identity, operation }) => `${kind} ${identity}, ${operation}`)).toEqual([
    'change own account: username, POST /admin/username',
    'change own account: password, POST /admin/password',
    `change dealer ${dealer['name']}: password, POST /dealers/{id}/password`,
    `create assignment of dealer ${dealer['name']} to tenant ${tenant['name']}, POST /tenants/{id}/dealers/{dealer_id}`,
    `delete assignment of dealer ${dealer['name']} to tenant ${tenant['name']}, POST /tenants/{id}/dealers/{dealer_id}/destroy`,
  ])
  expect(writes[0]).toMatchObject({ before: { username: 'admin' }, changes: { username: 'chief' } })
})

it('nothing is sent until the intent is on disk, and nothing at all if it cannot be stored', async () => {
  const state = { fails: false }
  const sent: number[] = []
  const { records, serverId, posts } = await start({
    sync: async (handle) => {
      sent.push(posts().length)
      if (state.fails) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      await realDisk.sync(handle)
    },
  })
  const at = { serverId, resource: 'ip-rules' as const, confirmation }
  await records.create({ ...at, values: rule })
  // At the fsync of the intent nothing was sent, at that of the result one request was.
  expect(sent).toEqual([0, 1])
  state.fails = true
  const failure = await failureOf(records.create({ ...at, values: { ...rule, cidr: '41.202.7.8/32' } }))
  expect(failure).toMatchObject({ code: 'disk' })
  expect(posts()).toHaveLength(1)
  // Reading still works.
  expect((await records.list({ ...at, query: { offset: 0, limit: 1 } })).items).toHaveLength(1)
})

it('a result that cannot be stored is reported, and the change remains done', async () => {
  let syncs = 0
  const { records, serverId, reports, pbx } = await start({
    sync: (handle) => (++syncs === 1 ? realDisk.sync(handle) : Promise.reject(new Error('gone'))),
  })
  await records.create({ serverId, resource: 'ip-rules', confirmation, values: rule })
  expect(pbx.rules().filter(({ cidr }) => cidr === rule.cidr)).toHaveLength(1)
  expect(reports).toEqual(['the result of journal entry 1 was not stored'])
  expect((await lines()).map(({ kind }) => kind)).toEqual(['intent'])
})

it('no planted secret is in the journal, whether the change succeeds or is refused with a text that repeats it', async () => {
  const { records, account, license, serverId, pbx } = await start()
  const dealer = {
    level: 'RESELLER',
    name: 'north',
    password: planted,
    max_tenants: 10,
    max_extensions: 100,
  }
  const body = JSON.stringify({ errors: [{ code: 'INVALID', message: `Not ${planted}` }] })
  for (const status of [0, 400] as const) {
    await pbx.setFaults(status === 0 ? {} : { status, body, onlyPath: 'POST /' })
    const create = records.create({ serverId, resource: 'dealers', confirmation, values: dealer })
    const made = await create.catch(() => undefined)
    const id = String(made?.after['id'] ?? '1')
    await account.resetDealerPassword({ serverId, id, password: planted, confirmation }).catch(() => undefined)
    await license.activate({ serverId, key: planted, confirmation }).catch(() => undefined)
    const changes = { password: planted }
    await records
      .update({ serverId, resource: 'notification', before: {}, changes, confirmation })
      .catch(() => undefined)
    await account
      .changePassword({ serverId, oldPassword: pbx.password, newPassword: planted, confirmation })
      .catch(() => undefined)
    await pbx.clearFaults()
  }
  const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(contents.join('')).not.toContain(planted)
  expect(contents.join('')).not.toContain(pbx.password)
  // The server's text is there, without the secret.
  expect(contents.join('')).toContain('Not [removed]')
  const operations = (await lines()).flatMap((line) => (line.kind === 'intent' ? [line.write.operation] : []))
  expect(new Set(operations)).toEqual(
    new Set([
      'POST /dealers',
      'POST /dealers/{id}/password',
      'POST /license',
      'POST /admin/notification',
      'POST /admin/password',
    ]),
  )
})
