import { describe, expect, test } from 'vitest'
import type { SearchResult } from '@shared/fleet/search'
import { Fleet, settled, timeout } from './fleet'

const minute = 60_000
const phases = ({ servers }: SearchResult): readonly (readonly [string, string])[] =>
  servers.map(({ serverId, phase }) => [serverId, phase])
const paths = ['/tenants', '/dealers', '/ip_filters', '/transports', '/providers'] as const

/** Answers everything that a server is asked for. */
async function answerAll(fleet: Fleet, serverId: string, ids: readonly string[] = []): Promise<void> {
  for (const path of paths) await (await fleet.request(serverId, path)).answer(ids)
  while ((await fleet.waiting()).some((request) => request === `${serverId}/tenants`))
    await (await fleet.request(serverId)).answer(ids)
}

test('nothing is read before the first search, and nothing is pushed', async () => {
  const fleet = new Fleet('a')
  fleet.search.changed()
  expect(fleet.timing.next).toBeUndefined()
  expect(await fleet.waiting()).toEqual([])
})

const pending = expect.stringMatching(/^(waiting|reading)$/)

test('a search returns what was read, reads what was not, and says so', async () => {
  const fleet = new Fleet('a', 'b', 'out', 'paused', 'dealer')
  fleet.set('out', { phase: 'signed-out', error: timeout })
  fleet.set('paused', {}, { paused: true })
  fleet.set('dealer', { role: 'Dealer' })
  const first = await fleet.search.find('name', 10)
  expect(first.hits).toEqual([])
  expect(phases(first).slice(0, 2)).toEqual([
    ['out', 'signed-out'],
    ['paused', 'paused'],
  ])
  expect(Object.fromEntries(phases(first))).toMatchObject({ a: pending, b: pending, dealer: pending })
  expect(first.servers[0]?.error).toEqual(timeout)
  expect((await fleet.waiting()).filter((request) => request.startsWith('a'))).toEqual(paths.map((path) => `a${path}`))
  // A dealer can read tenants; what the role cannot read does not make the server unread.
  expect((await fleet.waiting()).filter((request) => request.startsWith('dealer'))).not.toContain('dealer/ip_filters')
})

test('rows that arrive are pushed, and found by the next search', async () => {
  const fleet = new Fleet('a')
  await fleet.search.find('name', 10)
  await answerAll(fleet, 'a')
  fleet.timing.advance(100)
  expect(fleet.searchPushed.length).toBeGreaterThan(0)
  expect(phases(await fleet.search.find('name', 10))).toEqual([['a', 'read']])
})

test('a server of which one list failed is not one that was read', async () => {
  const fleet = new Fleet('a')
  await fleet.search.find('name', 10)
  await (await fleet.request('a', '/transports')).fail()
  await (await fleet.request('a', '/tenants')).answer(['1'])
  const { servers, hits } = await fleet.search.find('name', 10)
  expect(servers).toMatchObject([{ phase: 'failed', rows: 1, error: timeout }])
  expect(hits).toMatchObject([{ title: 'Name 1' }])
})

test('a server with a role that can read nothing has no permission', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { role: 'StandardUser' })
  expect(phases(await fleet.search.find('name', 10))).toEqual([['a', 'no-permission']])
  expect(await fleet.waiting()).toEqual([])
})

describe('typing on', () => {
  test('does not read again what was just read, but what is old', async () => {
    const fleet = new Fleet('a')
    await fleet.search.find('na', 10)
    await answerAll(fleet, 'a')
    fleet.timing.advance(10 * minute)
    await fleet.search.find('nam', 10)
    expect(await fleet.waiting()).toEqual([])
    fleet.timing.advance(1)
    await fleet.search.find('name', 10)
    expect(await fleet.waiting()).toHaveLength(paths.length)
  })

  test('tries a list that failed again after a minute, not with every letter', async () => {
    const fleet = new Fleet('a')
    await fleet.search.find('na', 10)
    for (const path of paths) await (await fleet.request('a', path)).fail()
    fleet.timing.advance(minute - 1)
    await fleet.search.find('nam', 10)
    expect(await fleet.waiting()).toEqual([])
    fleet.timing.advance(1)
    await fleet.search.find('name', 10)
    expect(await fleet.waiting()).toHaveLength(paths.length)
  })

  test('counts the minute from when a silent server failed', async () => {
    const fleet = new Fleet('a')
    await fleet.search.find('na', 10)
    await settled()
    fleet.timing.advance(2 * minute)
    for (const path of paths) await (await fleet.request('a', path)).fail()
    await fleet.search.find('nam', 10)
    expect(await fleet.waiting()).toEqual([])
  })
})

test('servers are read again on request, also right after they failed', async () => {
  const fleet = new Fleet('a', 'b')
  await fleet.search.find('name', 10)
  for (const id of ['a', 'b']) for (const path of paths) await (await fleet.request(id, path)).fail()
  fleet.search.read(['a'])
  expect(await fleet.waiting()).toEqual(paths.map((path) => `a${path}`))
})

test('a window that is gone is sent nothing', async () => {
  const fleet = new Fleet('a')
  await fleet.search.find('name', 10)
  fleet.timing.advance(1000)
  const before = fleet.searchPushed.length
  fleet.search.pageGone()
  await (await fleet.request('a')).answer(['1'])
  fleet.timing.advance(1000)
  expect(fleet.searchPushed).toHaveLength(before)
})

test('rows whose time is ahead of a clock that was corrected are read again', async () => {
  const fleet = new Fleet('a')
  const readAt = new Date(fleet.now() + 365 * 24 * 60 * minute).toISOString()
  fleet.reader.restored([{ serverId: 'a', resource: 'tenants', rows: 1, readAt }])
  await fleet.search.find('name', 10)
  expect(await fleet.waiting()).toContain('a/tenants')
})
