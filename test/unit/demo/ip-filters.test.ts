import { afterAll, beforeAll, expect, test } from 'vitest'
import Papa from 'papaparse'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn } from './client'

let pbx: PracticePbx
let token: string
beforeAll(async () => {
  pbx = await startPracticePbx({ rules: 2500 })
  token = (await signIn(pbx)).access_token
})
afterAll(() => pbx.close())

test('a rule is created, read, changed in part and destroyed', async () => {
  const body = { cidr: '192.0.2.0/24', target: 'DENY', expire_at: '2030-01-01T10:00:00+02:00', description: 'x' }
  const created = await call(pbx, 'POST /ip_filters', { token, body })
  expect(created.status).toBe(200)
  const { id } = created.json<{ id: string }>()
  const read = async () => (await call(pbx, `GET /ip_filters/${id}`, { token })).json()
  expect(await read()).toEqual({ ...body, id, expire_at: '2030-01-01T08:00:00Z' })
  const change = await call(pbx, `POST /ip_filters/${id}`, { token, body: { expire_at: null, description: '' } })
  expect(change.status).toBe(200)
  expect(await read()).toEqual({ ...body, id, expire_at: null, description: null })
  expect((await call(pbx, `POST /ip_filters/${id}/destroy`, { token })).status).toBe(204)
  expect((await call(pbx, `GET /ip_filters/${id}`, { token })).status).toBe(404)
  expect((await call(pbx, `POST /ip_filters/${id}/destroy`, { token })).status).toBe(404)
})

test.each([
  [{ target: 'DENY' }, 'cidr'],
  [{ cidr: '192.0.2.1', target: 'DENY' }, 'cidr'],
  [{ cidr: '192.0.2.0/33', target: 'DENY' }, 'cidr'],
  [{ cidr: '192.0.2.0/24', target: 'DROP' }, 'target'],
  [{ cidr: '192.0.2.0/24', target: 'DENY', expire_at: 'tomorrow' }, 'expire_at'],
  [{ cidr: '192.0.2.0/24', target: 'DENY', description: 'x'.repeat(256) }, 'description'],
])('refuses %o and names the field', async (body, field) => {
  const reply = await call(pbx, 'POST /ip_filters', { token, body })
  expect([reply.status, codeOf(reply)]).toEqual([400, 'VALIDATE_FAILED'])
  expect(reply.json<{ errors: { detail: { field: string }[] }[] }>().errors[0]?.detail[0]?.field).toBe(field)
})

test('a body that is not JSON is refused in the same format', async () => {
  const reply = await call(pbx, 'POST /ip_filters', {
    token,
    form: { cidr: '192.0.2.0/24' },
    headers: { 'content-type': 'text/plain' },
  })
  expect(codeOf(reply)).toBe('VALIDATE_FAILED')
})

test('the export is a file with every rule', async () => {
  const reply = await call(pbx, 'GET /ip_filters/export', { token })
  expect(reply.headers['content-type']).toBe('application/octet-stream')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="ip_filters.csv"')
  const rows = Papa.parse<Record<string, string>>(reply.text, { header: true, skipEmptyLines: true }).data
  expect(rows.map(({ cidr, description }) => [cidr, description])).toEqual(
    pbx.rules().map(({ cidr, description }) => [cidr, description ?? '']),
  )
  expect(rows.every(({ id }) => /^\d{18}$/.test(id ?? ''))).toBe(true)
})

test('requests are recorded for tests, without tokens', () => {
  const recorded = pbx.requests.find(({ path, method }) => path === '/ip_filters' && method === 'POST')
  expect(recorded).toMatchObject({ status: 200, body: { cidr: '192.0.2.0/24' } })
  expect(JSON.stringify(pbx.requests.map(({ headers }) => headers))).not.toContain(token)
})
