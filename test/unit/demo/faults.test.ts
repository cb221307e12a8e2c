import { afterEach, beforeEach, expect, test } from 'vitest'
import { noFaults } from '@shared/domain/practice'
import { Agent, request } from 'node:https'
import { once } from 'node:events'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import type { IncomingMessage } from 'node:http'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { call, codeOf, signIn } from './client'

let pbx: PracticePbx
let token: string
beforeEach(async () => {
  pbx = await startPracticePbx({ rules: 20 })
  token = (await signIn(pbx)).access_token
})
afterEach(() => pbx.close())

const rules = () => call(pbx, 'GET /ip_filters', { token })
interface List {
  readonly count: number
  readonly items?: readonly Record<string, unknown>[]
}

test('a fault can be limited to an operation and to a number of responses', async () => {
  await pbx.setFaults({ status: 500, onlyPath: 'GET /ip_filters', times: 1 })
  expect((await call(pbx, 'GET /admin/status', { token })).status).toBe(200)
  expect((await rules()).status).toBe(500)
  expect((await rules()).status).toBe(200)
})

test.each([401, 403, 429, 500, 502, 503] as const)('status %i is returned in API format', async (status) => {
  await pbx.setFaults({ status, retryAfter: '7' })
  const reply = await rules()
  expect(reply.status).toBe(status)
  expect(codeOf(reply)).toBeTypeOf('string')
})

test('some fields are missing, null or of another type by seed, and identifiers remain', async () => {
  const usual = (await rules()).json<List>()
  const ids = ({ items = [] }: List) => items.map(({ id }) => id)
  const texts: string[] = []
  for (const mutateSeed of [1, 1, 2]) {
    await pbx.setFaults({ mutateSeed })
    const { text, json } = await rules()
    expect(ids(json<List>())).toEqual(ids(usual))
    texts.push(text)
  }
  expect(new Set(texts).size).toBe(2)
  expect(texts).not.toContain(JSON.stringify(usual))
})

test('Retry-After is the one that the test sets', async () => {
  await pbx.setFaults({ status: 503, retryAfter: 'Wed, 21 Oct 2037 07:28:00 GMT' })
  expect((await rules()).headers['retry-after']).toBe('Wed, 21 Oct 2037 07:28:00 GMT')
})

test('redirects go to another host, or to the one that the test sets', async () => {
  await pbx.setFaults({ redirect: true })
  const first = await rules()
  expect([first.status, first.headers['location']]).toEqual([302, 'https://other.example/api/ip_filters'])
  await pbx.setFaults({ redirectStatus: 307, redirectTo: 'http://127.0.0.1:1/' })
  const second = await rules()
  expect([second.status, second.headers['location']]).toEqual([307, 'http://127.0.0.1:1/'])
})

test('lists have wrong counts, repeated rows, no items, or wrong types', async () => {
  const truth = (await rules()).json<List>()
  const spoilt = async (fault: keyof typeof noFaults) => {
    await pbx.setFaults({ ...noFaults, [fault]: true })
    return (await rules()).json<List>()
  }
  expect(await spoilt('lyingCount')).toEqual({ ...truth, count: 47 })
  expect(await spoilt('missingItems')).toEqual({ count: 20 })
  const { items = [] } = await spoilt('repeatedRows')
  expect(items).toHaveLength(20)
  expect(items[1]).toEqual(items[0])
  const wrong = await spoilt('wrongTypes')
  expect(wrong.count).toBe('20')
  expect(wrong.items?.[0]?.['cidr']).toBeTypeOf('number')
})

test('broken JSON and a page instead of JSON', async () => {
  await pbx.setFaults({ brokenJson: true })
  const broken = await rules()
  expect(broken.headers['content-type']).toContain('application/json')
  expect(() => broken.json()).toThrow(SyntaxError)
  await pbx.setFaults({ brokenJson: false, wrongContentType: true })
  const page = await rules()
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html'])
})

test('the connection ends in the middle of a response, or after the operation without any', async () => {
  await pbx.setFaults({ dropMidBody: true })
  await expect(rules()).rejects.toThrow()
  await pbx.setFaults({ dropMidBody: false, dropAfterReceive: true })
  const body = { cidr: '192.0.2.0/24', target: 'DENY' }
  await expect(call(pbx, 'POST /ip_filters', { token, body })).rejects.toThrow()
  expect(pbx.rules().at(-1)).toMatchObject(body)
})

function open(): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    const outgoing = request(`${pbx.url}/api/ip_filters`, { rejectUnauthorized: false, agent: false, headers })
    outgoing.on('response', resolve).on('error', reject).end()
  })
}

test('a header of ten megabytes is too large', async () => {
  await pbx.setFaults({ hugeHeader: true })
  await expect(rules()).rejects.toThrow(/header/i)
})

test('an endless body does not end', async () => {
  await pbx.setFaults({ endlessBody: true })
  const response = await open()
  let received = 0
  for await (const piece of response) {
    received += (piece as Buffer).length
    if (received > 20_000_000) break
  }
  expect(received).toBeGreaterThan(20_000_000)
})

test.each(['gzip', 'br'] as const)('a %s bomb grows', async (bombEncoding) => {
  await pbx.setFaults({ gzipBomb: true, bombEncoding })
  const response = await open()
  expect(response.headers['content-encoding']).toBe(bombEncoding)
  let received = 0
  let unpacked = 0
  response.on('data', (piece: Buffer) => (received += piece.length))
  for await (const piece of response.pipe(bombEncoding === 'gzip' ? createGunzip() : createBrotliDecompress())) {
    unpacked += (piece as Buffer).length
    if (unpacked > 100_000_000) break
  }
  response.destroy()
  expect(unpacked / received).toBeGreaterThan(100)
})

test('one byte a second: the first is far from all', async () => {
  await pbx.setFaults({ slowBytes: true })
  const response = await open()
  const [first] = (await once(response, 'data')) as [Buffer]
  expect(first.length).toBe(1)
  response.destroy()
})

test('hostile file names', async () => {
  await pbx.setFaults({ hostileFileName: true })
  const name = async () => (await call(pbx, 'GET /ip_filters/export', { token })).headers['content-disposition']
  expect(await name()).toBe('attachment; filename="../../x"')
  await pbx.setFaults({ hostileName: 'C:\\CON' })
  expect(await name()).toBe('attachment; filename="C:\\CON"')
})

test('tokens issued so far are refused until they are refreshed, and a refresh can be refused', async () => {
  await pbx.setFaults({ expireTokens: true })
  expect((await rules()).status).toBe(401)
  token = (await signIn(pbx)).access_token
  expect((await rules()).status).toBe(200)
  await pbx.setFaults({ refuseRefresh: true })
  const { refresh_token } = await signIn(pbx)
  expect((await call(pbx, 'POST /auth/refresh_token', { body: { refresh_token } })).status).toBe(400)
})

test('a skewed clock shows in Date and in times, and tokens remain valid', async () => {
  await pbx.setFaults({ clockSkewSeconds: -7200 })
  const reply = await rules()
  expect(reply.status).toBe(200)
  const minutes = (Date.now() - Date.parse(String(reply.headers['date']))) / 60_000
  expect(Math.round(minutes)).toBe(120)
})

test('a changed certificate is presented to new connections, and idle ones are closed', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const before = await call(pbx, 'GET /info', { agent })
  expect(before.fingerprint256).toBe(pbx.fingerprint256)
  const first = pbx.fingerprint256
  await pbx.setFaults({ certificateChanged: true })
  expect(pbx.fingerprint256).not.toBe(first)
  expect((await call(pbx, 'GET /info')).fingerprint256).toBe(pbx.fingerprint256)
  await pbx.setFaults({ certificateChanged: false })
  expect((await call(pbx, 'GET /info')).fingerprint256).toBe(first)
  agent.destroy()
})

test('refuses connections, and listens again on the same port', async () => {
  await pbx.setFaults({ refuseConnections: true })
  await expect(rules()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  await pbx.setFaults({ refuseConnections: false })
  expect((await rules()).status).toBe(200)
})

test('latency delays only the responses of its path: others overtake them', async () => {
  await pbx.setFaults({ latencyMs: 500, onlyPath: '/ip_filters' })
  const order: string[] = []
  await Promise.all([rules().then(() => order.push('slow')), call(pbx, 'GET /info').then(() => order.push('quick'))])
  expect(order).toEqual(['quick', 'slow'])
  await pbx.clearFaults()
  expect(pbx.faults).toMatchObject(noFaults)
})

test('a list that never ends returns its first page repeatedly', async () => {
  await pbx.setFaults({ ignoresSkip: true })
  const page = async (skip: number) => (await call(pbx, `GET /ip_filters?top=5&skip=${skip}`, { token })).json<List>()
  expect(await page(1000)).toEqual(await page(0))
})

test('used-up faults leave those of the whole server and later ones unchanged', async () => {
  await pbx.setFaults({ status: 500, times: 1, clockSkewSeconds: 60, onlyPath: '/ip_filters' })
  await rules()
  expect(pbx.faults).toMatchObject({ ...noFaults, clockSkewSeconds: 60, onlyPath: undefined, times: undefined })
  await pbx.setFaults({ status: 502 })
  expect((await call(pbx, 'GET /info')).status).toBe(502)
})
