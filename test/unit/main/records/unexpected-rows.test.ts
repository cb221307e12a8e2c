import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRecords, type StartedRecords } from './practice'

let on: StartedRecords
beforeAll(async () => (on = await startRecords()))
afterAll(() => on.close())

test('a list names the fields of its rows that were not understood, by ID and as the form does', async () => {
  const row = { id: '1', cidr: '192.0.2.1/32', target: 'DENY' }
  const items = [{ ...row, expire_at: 7 }, { cidr: 'no ID' }, { ...row, id: '3' }, { ...row, id: '4', target: {} }]
  await on.pbx.setFaults({ body: JSON.stringify({ count: 4, items }), onlyPath: 'GET /ip_filters' })
  const query = { offset: 0, limit: 100 }
  const page = await on.records.list({ serverId: on.serverId, resource: 'ip-rules', query })
  expect(page.items.map(({ id }) => id)).toEqual(['1', '3', '4'])
  expect(page).toMatchObject({ count: 4, unread: { 1: ['expire_at'], 4: ['target'] } })
})
