import { describe, expect, it } from 'vitest'
import type { IpRule } from '@shared/domain/ip-rule'
import type { Page } from '@shared/domain/page'
import { dealers } from '@shared/resources/dealer'
import { ipRule } from '@shared/resources/ip-rule'
import { readRows, wholeList } from '@main/portsip/incomplete-list'
import { allRecords, listRecords } from '@main/portsip/records'
import type { PbxRead, PbxReader, Query } from '@main/portsip/pbx-client'
import { failureOf } from '../session/harness'
import { HttpHarness } from './harness'

const rows = (from: number, count: number): IpRule[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${from + index}`,
    cidr: '192.0.2.1/32',
    target: 'DENY' as const,
  }))

/** A server whose list is a function of the query. */
function scripted(answer: (query: Query, nth: number) => { count: number | null; items: readonly object[] }) {
  const queries: Query[] = []
  const client: PbxReader = {
    get: <T>(request: PbxRead<T>) => {
      const query = request.query ?? {}
      queries.push(query)
      return Promise.resolve(request.schema.parse(answer(query, queries.length)))
    },
    download: () => Promise.reject(new Error('Not asked for')),
    localAddress: () => undefined,
    remoteAddress: () => undefined,
  }
  return { client, asked: queries }
}

const skipOf = (query: Query): number => Number(query['skip'] ?? 0)

/** The received IDs, and how many of how many if rows are missing. */
async function collect(client: PbxReader) {
  const { rows: records, incomplete } = await readRows(allRecords(client, ipRule, {}))
  return { ids: records.map(({ id }) => id), missing: incomplete && [incomplete.read, incomplete.expected] }
}

const idsTo = (count: number): readonly string[] => rows(0, count).map(({ id }) => id)

/** Rows `skip` to `skip + top` of a list of `count`. */
const slice = (query: Query, count: number): IpRule[] =>
  rows(skipOf(query), Math.max(0, Math.min(Number(query['top']), count - skipOf(query))))

describe('walking a list', () => {
  it('requests the first page without skip and returns rows in order', async () => {
    const { client, asked } = scripted((query) => ({
      count: 950,
      items: rows(skipOf(query), Math.min(100, 950 - skipOf(query))),
    }))
    expect(await collect(client)).toEqual({ ids: idsTo(950), missing: undefined })
    expect(asked[0]).toEqual({ top: 100 })
    expect(asked).toHaveLength(10)
  })

  it('continues from the received rows if the server returns smaller pages', async () => {
    const { client } = scripted((query) => ({
      count: 120,
      items: rows(skipOf(query), Math.min(50, 120 - skipOf(query))),
    }))
    expect(await collect(client)).toEqual({ ids: idsTo(120), missing: undefined })
  })

  it.each<[string, (query: Query) => Page<IpRule>, number, number]>([
    ['nothing comes', () => ({ count: 500, items: [] }), 0, 500],
    ['skip is ignored', () => ({ count: 500, items: rows(0, 100) }), 100, 500],
    [
      'pages become empty',
      (query) => ({ count: 5000, items: skipOf(query) >= 300 ? [] : slice(query, 5000) }),
      300,
      5000,
    ],
    [
      'one page lacks a row',
      (query) => ({ count: 5000, items: slice(query, 5000).filter(({ id }) => id !== 'r250') }),
      4999,
      5000,
    ],
    [
      'the first page lacks a row',
      (query) => ({ count: 250, items: slice(query, 250).filter(({ id }) => id !== 'r7') }),
      249,
      250,
    ],
    [
      'the last count is larger',
      (query) => ({ count: skipOf(query) < 200 ? 250 : 260, items: slice(query, 250) }),
      250,
      260,
    ],
  ])('reports after the last row how many of how many arrived if %s', async (_name, answer, read, expected) => {
    const { ids, missing } = await collect(scripted(answer).client)
    expect(new Set(ids).size).toBe(ids.length)
    expect([ids.length, missing]).toEqual([read, [read, expected]])
  })

  it.each<[string, (query: Query, nth: number) => Page<IpRule>]>([
    // The rest is returned when it is requested again from where the page ended.
    ['a page is short', (query, nth) => ({ count: 5000, items: slice(query, 5000).slice(0, nth === 3 ? 99 : 100) })],
    ['a page is empty once', (query, nth) => ({ count: 5000, items: nth === 3 ? [] : slice(query, 5000) })],
    [
      'the first page is short',
      (query, nth) => ({ count: 5000, items: slice(query, 5000).slice(0, nth === 1 ? 1 : 100) }),
    ],
    ['the count drops', (query) => ({ count: skipOf(query) === 200 ? 200 : 5000, items: slice(query, 5000) })],
    ['the count drops suddenly', (query) => ({ count: skipOf(query) === 0 ? 5000 : 200, items: slice(query, 5000) })],
    ['the count is less than the first page', (query) => ({ count: 7, items: slice(query, 5000) })],
    ['rows were added', (query, nth) => ({ count: 4000 + Math.min(1000, nth * 100), items: slice(query, 5000) })],
  ])('reads every row if %s', async (_name, answer) => {
    expect(await collect(scripted(answer).client)).toEqual({ ids: idsTo(5000), missing: undefined })
  })

  it('ends with a clear error if new rows never end', async () => {
    const { client } = scripted((query) => ({ count: 1_000_000, items: rows(skipOf(query), 100) }))
    let read = 0
    const walk = async (): Promise<void> => {
      for await (const page of allRecords(client, ipRule, {})) read += page.length
    }
    expect(await failureOf(walk())).toMatchObject({ code: 'bad-reply', operation: 'GET /ip_filters' })
    expect(read).toBe(1_000_000)
  })

  it('stops when the consumer leaves, and when it is canceled', async () => {
    const endless = scripted((query) => ({ count: 100_000, items: rows(skipOf(query), 100) }))
    for await (const page of allRecords(endless.client, ipRule, {})) if (page.length > 0) break
    expect(endless.asked.length).toBeLessThanOrEqual(9)
    const abort = new AbortController()
    const walk = async (): Promise<void> => {
      for await (const page of allRecords(endless.client, ipRule, {}, { signal: abort.signal })) if (page) abort.abort()
    }
    expect(await failureOf(walk())).toMatchObject({ code: 'cancelled' })
  })

  it('reports its progress', async () => {
    const progress: (readonly [number, number])[] = []
    const { client } = scripted((query) => ({
      count: 250,
      items: rows(skipOf(query), Math.min(100, 250 - skipOf(query))),
    }))
    for await (const page of allRecords(client, ipRule, {}, { onProgress: (...at) => progress.push(at) }))
      expect(page).not.toHaveLength(0)
    expect(progress).toEqual([
      [100, 250],
      [200, 250],
      [250, 250],
    ])
  })
})

describe('one page', () => {
  it('with more rows than one request returns is combined', async () => {
    const { client, asked } = scripted((query) => ({ count: 1000, items: rows(skipOf(query), Number(query['top'])) }))
    const page = await listRecords(client, ipRule, { offset: 50, limit: 250 })
    expect(page.items.map(({ id }) => id)).toEqual(rows(50, 250).map(({ id }) => id))
    expect(asked.map((query) => [query['skip'], query['top']])).toEqual([
      [50, 100],
      [150, 100],
      [250, 50],
    ])
  })

  it('gets the rest of a short page from where it ended', async () => {
    const { client } = scripted((query, nth) => ({
      count: 500,
      items: slice(query, 500).slice(0, nth === 1 ? 99 : 100),
    }))
    const page = await listRecords(client, ipRule, { offset: 0, limit: 200 })
    expect(page.items.map(({ id }) => id)).toEqual(idsTo(200))
  })

  it('sends search, filter and sort in the form that the PBX reads', async () => {
    const harness = await HttpHarness.start({ rules: 300 })
    harness.pbx.addRule({ cidr: '203.0.113.7/32', target: 'DENY', description: "O'Brien & söhne + 100 %" })
    const page = await listRecords(harness.client, ipRule, {
      search: "o'brien",
      filter: [
        { key: 'target', operator: 'eq', value: 'DENY' },
        { key: 'description', operator: 'contains', value: "O'Brien & söhne + 100 %" },
        { key: 'cidr', operator: 'startswith', value: '203.0.113.' },
      ],
      sort: { key: 'cidr', descending: true },
      offset: 0,
      limit: 100,
    })
    expect(page).toMatchObject({ count: 1, items: [{ cidr: '203.0.113.7/32' }] })
    const sorted = await listRecords(harness.client, ipRule, {
      sort: { key: 'cidr', descending: true },
      offset: 0,
      limit: 300,
    })
    const cidrs = sorted.items.map(({ cidr }) => cidr)
    expect(cidrs).toEqual([...cidrs].sort().reverse())
    await harness.close()
  })
})

it('a list that counts more rows than any PBX has is an error that names the operation', async () => {
  for (const count of [1_000_001, 2_000_000_000, Number.MAX_SAFE_INTEGER]) {
    const { client } = scripted(() => ({ count, items: rows(0, 1) }))
    await expect(listRecords(client, ipRule, { offset: 0, limit: 100 })).rejects.toMatchObject({
      detail: { code: 'body-too-large', operation: 'GET /ip_filters' },
    })
    await expect(readRows(allRecords(client, dealers, {}))).rejects.toMatchObject({
      detail: { code: 'body-too-large', operation: 'GET /dealers' },
    })
  }
})

describe('a list without pages', () => {
  const dealer = (id: string, level: string, name = id) => ({ id, name, level })
  const items = [
    dealer('a', 'RESELLER'),
    dealer('b', 'DISTRIBUTOR'),
    dealer('a', 'RESELLER'),
    dealer('c', 'RESELLER', 'x'),
  ]
  const list = (count: number | null) => scripted(() => ({ count, items })).client
  const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id).join('')

  it('is read in one request, without duplicates, and searched and sorted here', async () => {
    const { client, asked } = scripted(() => ({ count: 3, items }))
    const seen: (readonly [number, number])[] = []
    const options = { onProgress: (done: number, total: number) => void seen.push([done, total]) }
    const sort = { key: 'level', descending: false }
    const read = await readRows(allRecords(client, dealers, { sort }, options))
    expect([ids(read.rows), read.incomplete]).toEqual(['bac', undefined])
    expect([asked.length, seen]).toEqual([1, [[3, 3]]])
    expect(ids((await readRows(allRecords(list(3), dealers, { search: 'x' }))).rows)).toBe('c')
  })

  it('has a gap at the end of its last page, and is incomplete, where the PBX counts more rows', async () => {
    const { rows: read, incomplete } = await readRows(allRecords(list(5), dealers, {}))
    expect([ids(read), incomplete?.read, incomplete?.expected]).toEqual(['abc', 3, 5])
    const page = await listRecords(list(5), dealers, { offset: 1, limit: 100 })
    expect([ids(page.items), page.count]).toEqual(['bc', 5])
    await expect(wholeList(allRecords(list(5), dealers, {}))).rejects.toThrow('3 of 5 rows')
    expect(ids(await wholeList(allRecords(list(null), dealers, {})))).toBe('abc')
  })
})
