import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PracticeFaults } from '@shared/domain/practice'
import { CertificateError } from '@main/portsip/tls-trust'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { exportIpRules } from '@main/portsip/ip-filters'
import { readRows, wholeList } from '@main/portsip/incomplete-list'
import { listRecords, allRecords, createRecord, destroyRecord } from '@main/portsip/records'
import { failureOf } from '../session/harness'
import { HttpHarness } from './harness'

let harness: HttpHarness
beforeEach(async () => {
  harness = await HttpHarness.start({}, { bodyMax: 8 * 1024 * 1024 })
})
afterEach(() => harness.close())

const list = () => listRecords(harness.client, ipRule, { offset: 0, limit: 100 })
const onList = { onlyPath: '/ip_filters' }
const rule = { cidr: '198.51.100.0/24', target: 'DENY', expire_at: null, description: '' } as const

const all = () => readRows(allRecords(harness.client, ipRule, {}))

describe('responses that no PBX should send', () => {
  it.each<[string, Partial<PracticeFaults>, string, RegExp]>([
    ['HTML', { wrongContentType: true }, 'bad-reply', /GET \/ip_filters.*not JSON/],
    ['broken JSON', { brokenJson: true }, 'bad-reply', /GET \/ip_filters.*invalid/],
    ['other types', { wrongTypes: true }, 'bad-reply', /GET \/ip_filters.*“(count|items)/],
    ['no items', { missingItems: true }, 'bad-reply', /GET \/ip_filters.*“items”/],
    [
      'an endless body',
      { endlessBody: true },
      'body-too-large',
      /GET \/ip_filters was refused: it has too many values/,
    ],
    ['a gzip bomb', { gzipBomb: true, bombEncoding: 'gzip' }, 'body-too-large', /8 MB/],
    ['a brotli bomb', { gzipBomb: true, bombEncoding: 'br' }, 'body-too-large', /8 MB/],
    ['a header of 10 MB', { hugeHeader: true }, 'body-too-large', /header/],
    ['a body that is cut off', { dropMidBody: true }, 'offline', /lost/],
    ['no answer at all', { dropAfterReceive: true }, 'offline', /lost/],
  ])('%s: one error that names the operation, and the next request works', async (_name, faults, code, words) => {
    const before = process.memoryUsage().rss
    await harness.pbx.setFaults({ ...faults, ...onList })
    const failure = await failureOf(list())
    expect(failure).toMatchObject({ code, operation: 'GET /ip_filters' })
    expect(failure.message).toMatch(words)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
    await harness.pbx.clearFaults()
    expect((await list()).items).toHaveLength(100)
  })

  it.each([301, 302, 303, 307, 308] as const)(
    'a redirect %i is not followed, and its target is named',
    async (status) => {
      const other = await HttpHarness.start()
      const target = `${other.pbx.url}/api/ip_filters?token=PLANTED`
      await harness.pbx.setFaults({ redirect: true, redirectStatus: status, redirectTo: target, ...onList })
      const before = other.pbx.requests.length
      const failure = await failureOf(list())
      expect(failure).toMatchObject({ code: 'redirected', status })
      expect(failure.message).toContain(other.pbx.url)
      expect(JSON.stringify(failure)).not.toContain('PLANTED')
      expect(other.pbx.requests).toHaveLength(before)
      expect(harness.arrived('GET', '/ip_filters')).toBe(1)
      await other.close()
    },
  )

  it('a redirect to plain HTTP or to a script is named, too', async () => {
    await harness.pbx.setFaults({ redirect: true, redirectTo: 'http://pbx.example.com/', ...onList })
    expect((await failureOf(list())).message).toContain('http://pbx.example.com')
    await harness.pbx.setFaults({ redirectTo: 'javascript:alert(1)' })
    expect((await failureOf(list())).message).toContain('javascript:')
  })

  it('one byte a second is canceled', async () => {
    const slow = await HttpHarness.start({}, { idleMs: 1500 })
    await slow.pbx.setFaults({ slowBytes: true, ...onList })
    const failure = await failureOf(listRecords(slow.client, ipRule, { offset: 0, limit: 100 }))
    expect(failure).toMatchObject({ code: 'timeout', operation: 'GET /ip_filters' })
    await slow.close()
  })

  it('a response that is never complete is canceled, however often some of it arrives', async () => {
    const slow = await HttpHarness.start({}, { replyMs: 300 })
    await slow.pbx.setFaults({ slowBytes: true, ...onList })
    const failure = await failureOf(listRecords(slow.client, ipRule, { offset: 0, limit: 100 }))
    expect(failure).toMatchObject({ code: 'timeout', operation: 'GET /ip_filters' })
    expect(failure.message).toContain('was not complete after')
    await slow.close()
  })

  it('a response that does not arrive is canceled', async () => {
    const slow = await HttpHarness.start({}, { idleMs: 200 })
    await slow.pbx.setFaults({ latencyMs: 60_000, ...onList })
    expect(await failureOf(listRecords(slow.client, ipRule, { offset: 0, limit: 100 }))).toMatchObject({
      code: 'timeout',
    })
    expect(slow.arrived('GET', '/ip_filters')).toBe(1)
    await slow.close()
  })

  it('a long response is not canceled while it arrives', async () => {
    const slow = await HttpHarness.start({}, { idleMs: 400 })
    await slow.pbx.setFaults({ latencyMs: 150, ...onList })
    const page = await listRecords(slow.client, ipRule, { offset: 0, limit: 1000 })
    expect(page.items).toHaveLength(250)
    await slow.close()
  })
})

describe('large responses', () => {
  const text = 'x'.repeat(1024 * 1024)

  it('30,000 dealers without paging are read', async () => {
    const row = (index: number) => ({ id: `${index}`, name: `dealer${index}`, level: 'RESELLER', max_tenants: 100 })
    const items = Array.from({ length: 30_000 }, (_, index) => row(index))
    const large = await HttpHarness.start({ rules: 0 })
    await large.pbx.setFaults({ body: JSON.stringify({ count: 30_000, items }), onlyPath: 'GET /dealers' })
    const rows = await wholeList(allRecords(large.client, dealers, {}))
    expect([rows.length, rows[29_999]]).toEqual([30_000, row(29_999)])
    await large.close()
  })

  it.each([400, 403, 500] as const)('the text of a refusal %i is truncated', async (status) => {
    const body = JSON.stringify({
      errors: [{ code: 'UNKNOWN', message: text, detail: [{ field: text, message: text }] }],
    })
    await harness.pbx.setFaults({ status, body, ...onList })
    const failure = await failureOf(list())
    expect(failure.status).toBe(status)
    expect(JSON.stringify(failure).length).toBeLessThan(2000)
    const short = JSON.stringify({ errors: [{ code: 'DENIED', message: 'ab:'.repeat(10_000) }] })
    await harness.pbx.setFaults({ status, body: short, ...onList })
    expect(JSON.stringify(await failureOf(list())).length).toBeLessThan(2000)
  })

  it('an ID that no PBX has is refused', async () => {
    const body = JSON.stringify({ count: 1, items: [{ id: text, cidr: '192.0.2.1/32', target: 'DENY' }] })
    await harness.pbx.setFaults({ body, ...onList })
    expect((await failureOf(list())).message).toContain('an ID is too long (maximum 200 characters)')
  })
})

describe('inconsistent lists', () => {
  it('end where the rows end if the count is larger', async () => {
    await harness.pbx.setFaults({ lyingCount: true, ...onList })
    expect(await all()).toMatchObject({ rows: { length: 250 }, incomplete: { read: 250, expected: 507 } })
  })

  it('return repeated rows once', async () => {
    await harness.pbx.setFaults({ repeatedRows: true, ...onList })
    const { rows, incomplete } = await all()
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect([rows.length, incomplete?.expected]).toEqual([125, 250])
  })
})

describe('refusals', () => {
  it.each<[Partial<PracticeFaults>, string, RegExp, number]>([
    [{ status: 403 }, 'forbidden', /role/, 1],
    [{ status: 500 }, 'server-error', /500/, 1],
    [{ status: 502 }, 'server-error', /gateway of the PBX is down/, 3],
    [{ status: 503, retryAfter: '2' }, 'server-error', /503/, 3],
    [{ status: 429, retryAfter: '3' }, 'rate-limited', /Rate limit reached/, 3],
    [{ status: 429, retryAfter: '300' }, 'rate-limited', /Rate limit reached/, 1],
  ])('%o', async (faults, code, words, requests) => {
    await harness.pbx.setFaults({ ...faults, ...onList })
    const failure = await failureOf(list())
    expect(failure).toMatchObject({ code, status: faults.status })
    expect(failure.message).toMatch(words)
    if (faults.retryAfter !== undefined) expect(failure.retryAfter).toBe(Number(faults.retryAfter))
    expect(harness.arrived('GET', '/ip_filters')).toBe(requests)
  })

  it('supports Retry-After as a date', async () => {
    const retryAfter = new Date(Date.now() + 90_000).toUTCString()
    await harness.pbx.setFaults({ status: 429, retryAfter, ...onList })
    const failure = await failureOf(list())
    expect(failure.retryAfter).toBeGreaterThan(60)
    expect(failure.retryAfter).toBeLessThanOrEqual(90)
  })

  it('a GET succeeds when the fault is over', async () => {
    await harness.pbx.setFaults({ status: 503, times: 2, ...onList })
    expect((await list()).items).toHaveLength(100)
    await harness.pbx.setFaults({ status: 0, dropAfterReceive: true, times: 1, ...onList })
    expect((await list()).items).toHaveLength(100)
  })

  it('name fields', async () => {
    const failure = await failureOf(createRecord(harness.client, ipRule, { ...rule, cidr: 'nonsense/99' }))
    expect(failure).toMatchObject({ code: 'rejected', status: 400 })
    expect(failure.fields?.map(({ path }) => path)).toEqual(['cidr'])
  })

  it('report what is missing', async () => {
    expect(await failureOf(destroyRecord(harness.client, ipRule, 'nothing'))).toMatchObject({
      code: 'not-found',
      status: 404,
    })
  })
})

describe('a POST', () => {
  it.each<[string, Partial<PracticeFaults>]>([
    ['is dropped', { dropAfterReceive: true }],
    ['is cut', { dropMidBody: true }],
    ['is no JSON', { wrongContentType: true }],
  ])('with the response %s is not sent again, and reports that', async (_name, faults) => {
    await harness.pbx.setFaults({ ...faults, onlyPath: 'POST /ip_filters' })
    const failure = await failureOf(createRecord(harness.client, ipRule, rule))
    expect(failure).toMatchObject({ code: 'unknown-outcome', operation: 'POST /ip_filters' })
    expect(harness.arrived('POST', '/ip_filters')).toBe(1)
    expect(harness.pbx.rules()).toHaveLength(251)
  })

  it.each([502, 503, 429] as const)('with status %i is not sent again', async (status) => {
    await harness.pbx.setFaults({ status, onlyPath: 'POST /ip_filters' })
    await failureOf(createRecord(harness.client, ipRule, rule))
    expect(harness.arrived('POST', '/ip_filters')).toBe(1)
  })

  it('that could not be sent is only offline', async () => {
    await harness.pbx.setFaults({ refuseConnections: true })
    const fresh = await failureOf(createRecord(harness.client, ipRule, rule))
    expect(['offline', 'unknown-outcome']).toContain(fresh.code)
    expect(await failureOf(createRecord(harness.client, ipRule, rule))).toMatchObject({ code: 'offline' })
  })
})

describe('a download', () => {
  it('returns the bytes and the raw name', async () => {
    await harness.pbx.setFaults({ hostileFileName: true, hostileName: '../../con' })
    const { stream, fileName, contentType } = await exportIpRules(harness.client)
    const pieces: Buffer[] = []
    for await (const piece of stream) pieces.push(piece as Buffer)
    expect(Buffer.concat(pieces).toString().split('\r\n')[0]).toBe('id,cidr,target,expire_at,description')
    expect(fileName).toBe('../../con')
    expect(contentType).toBe('application/octet-stream')
  })

  it.each<[string, Partial<PracticeFaults>, string]>([
    ['is endless', { endlessBody: true }, 'body-too-large'],
    ['is a bomb', { gzipBomb: true }, 'body-too-large'],
    ['is cut', { dropMidBody: true }, 'offline'],
  ])('that %s fails', async (_name, faults, code) => {
    await harness.pbx.setFaults({ ...faults, onlyPath: '/ip_filters/export' })
    const { stream } = await exportIpRules(harness.client)
    const read = async (): Promise<void> => {
      for await (const piece of stream) expect(piece.length).toBeGreaterThan(0)
    }
    expect(await failureOf(read())).toMatchObject({ code, operation: 'GET /ip_filters/export' })
  })

  it('that is abandoned closes its connection and frees its place', async () => {
    await harness.pbx.setFaults({ endlessBody: true, onlyPath: '/ip_filters/export' })
    for (let count = 0; count < 10; count++) {
      const { stream } = await exportIpRules(harness.client)
      stream.destroy()
    }
    await harness.pbx.clearFaults()
    expect((await list()).items).toHaveLength(100)
  })

  it('ends with its signal', async () => {
    await harness.pbx.setFaults({ endlessBody: true, onlyPath: '/ip_filters/export' })
    const abort = new AbortController()
    const { stream } = await exportIpRules(harness.client, abort.signal)
    const read = async (): Promise<void> => {
      for await (const piece of stream) if (piece) abort.abort()
    }
    expect(await failureOf(read())).toMatchObject({ code: 'cancelled' })
  })
})

describe('the log', () => {
  it('has one line for each request, without queries', async () => {
    const lines: unknown[] = []
    const logged = await HttpHarness.start({}, { log: (line) => lines.push(line) })
    await listRecords(logged.client, ipRule, { search: 'PLANTED', offset: 0, limit: 10 })
    expect(lines.at(-1)).toMatchObject({ operation: 'GET /ip_filters', status: 200 })
    expect(JSON.stringify(lines)).not.toContain('PLANTED')
    await logged.close()
  })
})

it('a changed certificate is detected by the next connection, before a token is sent', async () => {
  await list()
  await harness.pbx.setFaults({ certificateChanged: true })
  await harness.pbx.setFaults({ refuseConnections: true })
  await harness.pbx.setFaults({ refuseConnections: false })
  const sent = harness.pbx.requests.length
  await expect(list()).rejects.toBeInstanceOf(CertificateError)
  expect(harness.pbx.requests).toHaveLength(sent)
})
