import { describe, expect, it } from 'vitest'
import type { IpRule } from '@shared/domain/ip-rule'
import type { Page } from '@shared/domain/page'
import { ipRule } from '@shared/resources/ip-rule'
import { listRecords, allRecords } from '../../../../src/main/portsip/records'
import type { PbxClient, PbxRequest, Query } from '../../../../src/main/portsip/pbx-client'
import { failureOf } from '../session/harness'
import { HttpHarness } from './harness'

const rows = (from: number, count: number): IpRule[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `r${from + index}`,
    cidr: '192.0.2.1/32',
    target: 'DENY' as const,
  }))

/** A server whose list is a function of the query. */
function scripted(answer: (query: Query, nth: number) => Page<IpRule>) {
  const asked: Query[] = []
  const client: PbxClient = {
    request: <T>(request: PbxRequest<T>) => {
      const query = request.query ?? {}
      asked.push(query)
      return Promise.resolve(request.schema.parse(answer(query, asked.length)))
    },
    requestNothing: () => Promise.reject(new Error('Not asked for')),
    download: () => Promise.reject(new Error('Not asked for')),
    localAddress: () => undefined,
    remoteAddress: () => undefined,
  }
  return { client, asked }
}

const skipOf = (query: Query): number => Number(query['skip'] ?? 0)

async function collect(client: PbxClient): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const page of allRecords(client, ipRule, {})) ids.push(...page.map(({ id }) => id))
  return ids
}

describe('walking a list', () => {
  it('asks for the first page without skip and gives rows in order', async () => {
    const { client, asked } = scripted((query) => ({
      count: 950,
      items: rows(skipOf(query), Math.min(100, 950 - skipOf(query))),
    }))
    expect(await collect(client)).toEqual(rows(0, 950).map(({ id }) => id))
    expect(asked[0]).toEqual({ top: 100 })
    expect(asked).toHaveLength(10)
  })

  it('goes on by what was received where the server gives smaller pages', async () => {
    const { client } = scripted((query) => ({
      count: 120,
      items: rows(skipOf(query), Math.min(50, 120 - skipOf(query))),
    }))
    expect(await collect(client)).toHaveLength(120)
  })

  it.each<[string, (query: Query) => Page<IpRule>, number]>([
    ['nothing comes', () => ({ count: 500, items: [] }), 0],
    ['the same page comes again and again', () => ({ count: 1e12, items: rows(0, 100) }), 100],
    ['pages get empty', (query) => ({ count: 1e12, items: skipOf(query) >= 300 ? [] : rows(skipOf(query), 100) }), 300],
    ['the count is too small', (query) => ({ count: 100, items: rows(skipOf(query), 100) }), 100],
  ])('ends when %s', async (_name, answer, expected) => {
    expect(await collect(scripted(answer).client)).toHaveLength(expected)
  })

  it('ends with a clear error when new rows never end', async () => {
    const { client } = scripted((query) => ({ count: 1e12, items: rows(skipOf(query), 100) }))
    const walk = async (): Promise<void> => {
      for await (const page of allRecords(client, ipRule, {})) expect(page).toHaveLength(100)
    }
    expect(await failureOf(walk())).toMatchObject({ code: 'bad-reply', operation: 'GET /ip_filters' })
  })

  it('stops asking when the consumer leaves, and when it is cancelled', async () => {
    const endless = scripted((query) => ({ count: 100_000, items: rows(skipOf(query), 100) }))
    for await (const page of allRecords(endless.client, ipRule, {})) if (page.length > 0) break
    expect(endless.asked.length).toBeLessThanOrEqual(9)
    const abort = new AbortController()
    const walk = async (): Promise<void> => {
      for await (const page of allRecords(endless.client, ipRule, {}, { signal: abort.signal })) if (page) abort.abort()
    }
    expect(await failureOf(walk())).toMatchObject({ code: 'cancelled' })
  })

  it('tells its progress', async () => {
    const told: (readonly [number, number])[] = []
    const { client } = scripted((query) => ({
      count: 250,
      items: rows(skipOf(query), Math.min(100, 250 - skipOf(query))),
    }))
    for await (const page of allRecords(client, ipRule, {}, { onProgress: (...at) => told.push(at) }))
      expect(page).not.toHaveLength(0)
    expect(told).toEqual([
      [100, 250],
      [200, 250],
      [250, 250],
    ])
  })
})

describe('one page', () => {
  it('of more rows than a request may bring is put together', async () => {
    const { client, asked } = scripted((query) => ({ count: 1000, items: rows(skipOf(query), Number(query['top'])) }))
    const page = await listRecords(client, ipRule, { offset: 50, limit: 250 })
    expect(page.items.map(({ id }) => id)).toEqual(rows(50, 250).map(({ id }) => id))
    expect(asked.map((query) => [query['skip'], query['top']])).toEqual([
      [50, 100],
      [150, 100],
      [250, 50],
    ])
  })

  it('renders search, filter and sort as the PBX reads them', async () => {
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
