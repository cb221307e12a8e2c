import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PracticeFaults } from '@shared/domain/practice'
import type { RecordValues } from '@shared/domain/record'
import { FleetError } from '@shared/ipc/result'
import { listIds, type ListId, type SingleId } from '@shared/resources/ids'
import { valueAt } from '@shared/resources/nested'
import { overrideWord } from '@shared/domain/write'
import { startRecords, type StartedRecords } from './practice'

let on: StartedRecords
beforeAll(async () => (on = await startRecords({ rules: 3, tenants: 3, dealers: 3, tenantDestroyMs: 60_000 })))
afterAll(() => on.close())

/** What arrives in place of the documented response to a change, whether or not the PBX carried the change out. */
const responses: readonly (readonly [string, Partial<PracticeFaults>])[] = [
  ['200 and a page of HTML', { body: '<html>Please sign in</html>' }],
  ['200 and an HTML page by its type', { wrongContentType: true }],
  ['200 and {}', { body: '{}' }],
  ['200 and an empty body', { body: '' }],
  ['200 and another ID', { body: '{"id":"4711"}' }],
  ['200 and half a JSON', { body: '{"id":' }],
  ['no response', { dropAfterReceive: true }],
]
const ignored = responses.map(([name, faults]) => [`${name}, ignored`, { ...faults, ignoresWrites: true }] as const)
const gateway = [502].map((status) => [`${status} of a gateway`, { status: status as 502 }] as const)

const place = { timezone: 'Europe/Vienna', currency: 'EUR', region: 'AUT' }
let nth = 0
const newValues: { readonly [L in ListId]: () => RecordValues } = {
  transports: () => ({ protocol: 'UDP', port: 6000 + nth }),
  tenants: () => ({ name: `Kunde ${nth}`, domain: `kunde${nth}.example`, ...place }),
  dealers: () => ({
    level: 'RESELLER',
    name: `north${nth}`,
    password: 'Valid-Word-58',
    max_tenants: 3,
    max_extensions: 9,
  }),
  'ip-rules': () => ({ cidr: `41.7.${nth >> 8}.${nth & 255}/32`, target: 'DENY', expire_at: null, description: '' }),
}
const newValue: { readonly [L in ListId]: () => RecordValues } = {
  transports: () => ({ port: 7000 + nth }),
  tenants: () => ({ max_extensions: 20 + nth }),
  dealers: () => ({ max_extensions: 20 + nth }),
  'ip-rules': () => ({ description: `changed ${nth}` }),
}
const singleValue: {
  readonly [S in Extract<SingleId, 'network' | 'system-settings' | 'notification' | 'sbc' | 'im'>]: () => RecordValues
} = {
  network: () => ({ web_domain: `new${nth}.example.com` }),
  'system-settings': () => ({ dead_session_timeout: 100 + nth }),
  notification: () => ({ reply_to: `a${nth}@example.com` }),
  sbc: () => ({ domain: `sbc${nth}.example.com` }),
  im: () => ({ public_ipv4: `203.0.113.${nth % 250}` }),
}
const confirmation = (typedName = '') => ({ acknowledged: true, typedName, override: overrideWord })

/** Carries out a change while the PBX answers each POST so; what the user is shown of it, and how often it was sent. */
async function shownOf(faults: Partial<PracticeFaults>, change: () => Promise<unknown>) {
  const posts = (): number => on.pbx.requests.filter(({ method }) => method === 'POST').length
  const before = posts()
  await on.pbx.setFaults({ ...faults, onlyPath: 'POST ' })
  const result = await change().then(
    (outcome) => ({ outcome }),
    (error: unknown) => ({ error }),
  )
  await on.pbx.clearFaults()
  const sent = posts() - before
  if ('error' in result)
    return { shown: result.error instanceof FleetError ? result.error.detail.code : 'thrown', sent }
  const { differences = [] } = (result.outcome ?? {}) as { differences?: readonly unknown[] }
  return { shown: differences.length === 0 ? 'done' : 'differs', sent }
}

const rowsOf = async (resource: ListId) =>
  (await on.records.list({ serverId: on.serverId, resource, query: { offset: 0, limit: 100 } })).items
const made = async (resource: ListId): Promise<string> => {
  nth += 1
  const at = { serverId: on.serverId, resource }
  const { after } = await on.records.create({ ...at, values: newValues[resource](), confirmation: confirmation() })
  return String(after['id'])
}

describe.each(listIds)('%s', (resource) => {
  const at = () => ({ serverId: on.serverId, resource })

  test.each([...responses, ...ignored, ...gateway])('a creation answered with %s', async (_, faults) => {
    nth += 1
    const values = newValues[resource]()
    const count = (await rowsOf(resource)).length
    const { shown, sent } = await shownOf(faults, () =>
      on.records.create({ ...at(), values, confirmation: confirmation() }),
    )
    const isThere = (await rowsOf(resource)).length > count
    expect(sent).toBe(1)
    expect(isThere ? ['done', 'unknown-outcome'] : ['unknown-outcome']).toContain(shown)
  })

  test.each([...responses, ...ignored, ...gateway])('a change answered with %s', async (_, faults) => {
    const id = await made(resource)
    nth += 1
    const changes = newValue[resource]()
    const { shown, sent } = await shownOf(faults, () =>
      on.records.update({ ...at(), id, before: {}, changes, confirmation: confirmation() }),
    )
    const { values } = await on.records.get({ ...at(), id })
    const isDone = Object.entries(changes).every(([key, value]) => valueAt(values, key) === value)
    expect([sent, isDone ? 'done' : 'not done', shown]).toEqual([
      1,
      ...(isDone ? ['done', 'done'] : ['not done', expect.stringMatching(/^(?:differs|unknown-outcome)$/)]),
    ])
  })
})

test.each(
  Object.keys(singleValue).flatMap((resource) =>
    [...responses, ...ignored, ...gateway].map(
      ([name, faults]) => [resource as keyof typeof singleValue, name, faults] as const,
    ),
  ),
)('%s: a change answered with %s', async (resource, _, faults) => {
  nth += 1
  const changes = singleValue[resource]()
  const at = { serverId: on.serverId, resource }
  const { shown, sent } = await shownOf(faults, () =>
    on.records.update({ ...at, before: {}, changes, confirmation: confirmation() }),
  )
  const { values } = await on.records.get(at)
  const isDone = Object.entries(changes).every(([key, value]) => valueAt(values, key) === value)
  expect([sent, shown]).toEqual([1, isDone ? 'done' : expect.stringMatching(/^(?:differs|unknown-outcome)$/)])
})

test('a creation that is answered with the ID of another record is not that record', async () => {
  const other = await made('ip-rules')
  nth += 1
  const values = newValues['ip-rules']()
  await on.pbx.setFaults({ body: JSON.stringify({ id: other }), onlyPath: 'POST /ip_filters' })
  const result = await on.records
    .create({ serverId: on.serverId, resource: 'ip-rules', values, confirmation: confirmation() })
    .catch((error: unknown) => error)
  await on.pbx.clearFaults()
  const created = on.pbx.rules().find(({ cidr }) => cidr === values['cidr'])
  expect(created).toBeDefined()
  expect(result).toMatchObject({ after: { id: created?.id, cidr: values['cidr'] }, differences: [] })
})

test('one that is answered with the ID of another record, and ignored, is unknown', async () => {
  const other = await made('ip-rules')
  nth += 1
  const faults = { body: JSON.stringify({ id: other }), ignoresWrites: true }
  const values = newValues['ip-rules']()
  const { shown } = await shownOf(faults, () =>
    on.records.create({ serverId: on.serverId, resource: 'ip-rules', values, confirmation: confirmation() }),
  )
  expect(shown).toBe('unknown-outcome')
})
