import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { ListId } from '@shared/resources/ids'
import { createRecord } from '@main/portsip/records'
import { listOf } from '@shared/resources/registry'
import { overridden, received } from '../ip-rules/practice'
import { startRecords, type StartedRecords } from './practice'

let on: StartedRecords
beforeEach(async () => {
  on = await startRecords()
})
afterEach(() => on.close())

const rule = { cidr: '203.0.113.0/24', target: 'DENY', expire_at: null, description: '' }
const transport = { protocol: 'UDP', port: 5099 }
const all = { offset: 0, limit: 100 }
const create = (resource: ListId, values: RecordValues) =>
  on.records.create({ serverId: on.serverId, resource, values, confirmation: overridden })

/** Another technician creates `theirs` after our checks and before our response. */
async function createdMeanwhile(resource: 'ip-rules' | 'transports', ours: RecordValues, theirs: RecordValues) {
  const list = listOf(resource)
  await on.pbx.setFaults({ holdReplies: true, onlyPath: `POST ${list.path}` })
  const creating = create(resource, ours)
  await expect.poll(() => received(on.pbx, 'POST', new RegExp(`^${list.path}$`))).toHaveLength(1)
  const others = createRecord(on.client, list, theirs)
  await expect.poll(() => received(on.pbx, 'POST', new RegExp(`^${list.path}$`))).toHaveLength(2)
  await on.pbx.clearFaults()
  await others
  return creating
}

const probably = 'is on the server: it was probably created at the same time.'

it('an equal rule that somebody else created meanwhile is named', async () => {
  const { duplicate, differences } = await createdMeanwhile('ip-rules', rule, { cidr: rule.cidr, target: 'DENY' })
  expect(duplicate).toBe(`Another rule for 203.0.113.0/24 (Block) ${probably}`)
  expect(differences).toEqual([])
})

it('an equal transport is named, where the server accepted both', async () => {
  await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /transports' })
  const creating = create('transports', transport)
  await expect.poll(() => received(on.pbx, 'POST', /^\/transports$/)).toHaveLength(1)
  const { items } = await on.records.list({ serverId: on.serverId, resource: 'transports', query: all })
  const created = items.find(({ port }) => port === transport.port)
  const rows = [...items, { ...created, id: 'theirs' }]
  const body = JSON.stringify({ items: rows, count: rows.length })
  await on.pbx.setFaults({ holdReplies: false, body, onlyPath: 'GET /transports', times: 1 })
  expect((await creating).duplicate).toBe(`Another transport UDP 5099 ${probably}`)
})

it('one that was there before is named without a guess', async () => {
  await create('ip-rules', rule)
  const { duplicate } = await create('ip-rules', { ...rule, description: 'Again' })
  expect(duplicate).toBe('Another rule for 203.0.113.0/24 (Block) is on the server.')
})

it.each<['ip-rules' | 'transports', RecordValues, RecordValues]>([
  ['ip-rules', rule, { cidr: rule.cidr, target: 'ACCEPT' }],
  ['ip-rules', rule, { cidr: '203.0.113.0/25', target: 'DENY' }],
  ['transports', transport, { protocol: 'UDP', port: 5098 }],
])('%s: one with another identity is not', async (resource, ours, theirs) => {
  expect((await createdMeanwhile(resource, ours, theirs)).duplicate).toBeUndefined()
})

it('a list that cannot be read after creating leaves the record itself to be read back', async () => {
  await on.pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  const creating = create('ip-rules', rule)
  await expect.poll(() => received(on.pbx, 'POST', /^\/ip_filters$/)).toHaveLength(1)
  await on.pbx.setFaults({ holdReplies: false, brokenJson: true, onlyPath: 'GET /ip_filters', times: 1 })
  expect((await creating).after).toMatchObject({ cidr: rule.cidr })
  expect(received(on.pbx, 'GET', /^\/ip_filters\/./)).toHaveLength(1)
})
