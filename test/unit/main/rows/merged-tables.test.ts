import { describe, expect, test } from 'vitest'
import type { MergedState } from '@shared/fleet/merged'
import { headStartMs } from '@main/services/rows/table-timing'
import { Fleet, settled, timeout } from './fleet'

const phases = ({ servers }: MergedState): Readonly<Record<string, string>> =>
  Object.fromEntries(servers.map(({ serverId, phase }) => [serverId, phase]))

describe('a table that is opened', () => {
  test('reads the servers that can be read, and says why the others are not', async () => {
    const fleet = new Fleet('ready', 'out', 'paused', 'dealer', 'silent')
    fleet.set('out', { phase: 'signed-out' })
    fleet.set('paused', {}, { paused: true })
    fleet.set('dealer', { role: 'Dealer' })
    fleet.set('silent', { phase: 'unreachable', error: timeout })
    const state = await fleet.tables.open('ip-rules', ['ready', 'out', 'paused', 'dealer', 'silent', 'gone', 'ready'])
    expect(state.servers.map(({ serverId, phase, rows }) => [serverId, phase, rows])).toEqual([
      ['ready', 'reading', 0],
      ['out', 'signed-out', 0],
      ['paused', 'paused', 0],
      ['dealer', 'no-permission', 0],
      ['silent', 'signed-out', 0],
      ['gone', 'signed-out', 0],
    ])
    expect(state.servers.find(({ serverId }) => serverId === 'silent')?.error).toEqual(timeout)
    expect(await fleet.waiting()).toEqual(['ready/ip_filters'])
  })

  test('reports each phase of a reading, several at a time', async () => {
    const fleet = new Fleet('a')
    expect(phases(await fleet.tables.open('tenants', ['a']))).toEqual({ a: 'reading' })
    const request = await fleet.request('a')
    await request.answer(['1'])
    fleet.timing.advance(100)
    // The first rows do not wait for others.
    expect(fleet.pushed.map(phases)).toEqual([{ a: 'reading' }, { a: 'read' }])
    expect(fleet.pushed[0]?.servers[0]).toMatchObject({ rows: 1 })
  })

  test('does not read again what was read, but what could not be read', async () => {
    const fleet = new Fleet('a', 'b')
    await fleet.tables.open('tenants', ['a', 'b'])
    await (await fleet.request('a')).answer(['1'])
    await (await fleet.request('b')).fail()
    expect(phases(await fleet.tables.open('tenants', ['a', 'b']))).toEqual({ a: 'read', b: 'reading' })
    expect(await fleet.waiting()).toEqual(['b/tenants'])
  })
})

describe('a list that could not be read', () => {
  async function failed() {
    const fleet = new Fleet('a', 'b')
    const { viewId } = await fleet.tables.open('tenants', ['a', 'b'])
    await (await fleet.request('a')).fail()
    await (await fleet.request('b')).answer([])
    return { fleet, viewId }
  }

  test('is not read again because the state of its server changes', async () => {
    const { fleet } = await failed()
    fleet.tables.serverChanged('a')
    expect(await fleet.waiting()).toEqual([])
    fleet.timing.advance(100)
    expect(fleet.pushed.map(phases)).toEqual([{ a: 'failed', b: 'read' }])
    expect(fleet.pushed[0]?.servers[0]?.error).toEqual(timeout)
  })

  test('is not read again by a filter that leaves its server out and lets it in again', async () => {
    const { fleet, viewId } = await failed()
    fleet.tables.show(viewId, ['b'])
    expect(phases(fleet.tables.show(viewId, ['b', 'a']))).toEqual({ a: 'failed', b: 'read' })
    expect(await fleet.waiting()).toEqual([])
  })

  test('is read again on request and when its server signs in', async () => {
    const { fleet, viewId } = await failed()
    fleet.tables.read(viewId, ['a', 'elsewhere'])
    await (await fleet.request('a')).fail()
    fleet.tables.signedIn('a')
    fleet.tables.signedIn('b')
    expect(await fleet.waiting()).toEqual(['a/tenants'])
  })
})

test('a server is read when it signs in, for the tables that show it', async () => {
  const fleet = new Fleet('a', 'b')
  fleet.set('a', { phase: 'signed-out' })
  fleet.set('b', { phase: 'signed-out' })
  await fleet.tables.open('tenants', ['a'])
  fleet.set('a')
  fleet.set('b')
  fleet.tables.signedIn('a')
  fleet.tables.signedIn('b')
  expect(await fleet.waiting()).toEqual(['a/tenants'])
})

test('a server is read when its pause ends', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', {}, { paused: true })
  await fleet.tables.open('tenants', ['a'])
  expect(await fleet.waiting()).toEqual([])
  fleet.set('a')
  fleet.tables.serverChanged('a')
  expect(await fleet.waiting()).toEqual(['a/tenants'])
})

test('a server that signs out keeps its rows, with their age', async () => {
  const fleet = new Fleet('a')
  const { viewId } = await fleet.tables.open('tenants', ['a'])
  await (await fleet.request('a')).answer(['1'])
  fleet.set('a', { phase: 'signed-out' })
  expect(fleet.tables.show(viewId, ['a']).servers).toEqual([
    { serverId: 'a', phase: 'signed-out', rows: 1, readAt: '2026-11-27T12:00:00.000Z' },
  ])
  expect(await fleet.shown(viewId, 'a')).toBe('1')
  fleet.tables.read(viewId, ['a'])
  expect(await fleet.waiting()).toEqual([])
})

describe('closing a table', () => {
  test('stops what nobody waits for any more', async () => {
    const fleet = new Fleet('a', 'b')
    const { viewId } = await fleet.tables.open('tenants', ['a', 'b'])
    const other = await fleet.tables.open('tenants', ['b'])
    expect(await fleet.waiting()).toEqual(['a/tenants', 'b/tenants'])
    fleet.tables.close(viewId)
    expect(await fleet.waiting()).toEqual(['b/tenants'])
    await (await fleet.request('b')).answer(['1'])
    expect(await fleet.shown(other.viewId, 'b')).toBe('1')
    await expect(fleet.tables.page(viewId, { serverIds: [], epoch: 0, offset: 0, limit: 1 })).rejects.toMatchObject({
      detail: { code: 'not-found' },
    })
  })

  test('does not stop what the search waits for', async () => {
    const fleet = new Fleet('a')
    await fleet.search.find('contoso', 10)
    const { viewId } = await fleet.tables.open('tenants', ['a'])
    fleet.tables.close(viewId)
    expect(await fleet.waiting()).toContain('a/tenants')
  })

  test('and opening it again reads', async () => {
    const fleet = new Fleet('a')
    const { viewId } = await fleet.tables.open('tenants', ['a'])
    await settled()
    fleet.tables.close(viewId)
    const again = await fleet.tables.open('tenants', ['a'])
    await (await fleet.request('a')).answer(['1'])
    expect(phases(fleet.tables.show(again.viewId, ['a']))).toEqual({ a: 'read' })
    expect(await fleet.shown(again.viewId, 'a')).toBe('1')
  })

  test('a server that a filter leaves out is no longer read, and is read when it is let in again', async () => {
    const fleet = new Fleet('a', 'b')
    const { viewId } = await fleet.tables.open('tenants', ['a', 'b'])
    await settled()
    fleet.tables.show(viewId, ['b'])
    expect(await fleet.waiting()).toEqual(['b/tenants'])
    fleet.tables.show(viewId, ['a', 'b'])
    expect(await fleet.waiting()).toEqual(['b/tenants', 'a/tenants'])
  })

  test('of a window that was reloaded often, the oldest ones are closed', async () => {
    const fleet = new Fleet('a')
    const opened: string[] = []
    for (let at = 0; at < 7; at++) opened.push((await fleet.tables.open('tenants', [])).viewId)
    const isOpen = (viewId: string): boolean => {
      try {
        return fleet.tables.show(viewId, []).viewId === viewId
      } catch {
        return false
      }
    }
    expect(opened.map(isOpen)).toEqual([false, true, true, true, true, true, true])
    fleet.tables.closeAll()
    expect(opened.some(isOpen)).toBe(false)
  })
})

test('after the thread ended, a table is no longer open, and nothing is read for it', async () => {
  const fleet = new Fleet('a')
  const { viewId } = await fleet.tables.open('tenants', ['a'])
  await settled()
  fleet.reader.clear()
  fleet.tables.threadEnded()
  fleet.tables.serverChanged('a')
  expect(await fleet.waiting()).toEqual([])
  expect(() => fleet.tables.read(viewId, ['a'])).toThrow('This table is no longer open')
})

test('a saved table says which servers are missing', async () => {
  const fleet = new Fleet('a', 'b', 'c')
  fleet.set('b', { phase: 'signed-out' })
  const { viewId } = await fleet.tables.open('tenants', ['a', 'b', 'c'])
  await (await fleet.request('a')).answer(['1'])
  const rows = { query: { serverIds: ['a', 'b'], epoch: 0 }, columns: ['@serverName', 'name'] }
  const { bytes, rows: count } = await fleet.tables.save(viewId, rows, 'csv')
  expect(count).toBe(1)
  expect(new TextDecoder().decode(bytes).split(/\r?\n/).slice(1, 3)).toEqual([
    'PBX a,Name 1',
    '1 of 2 servers; missing: PBX b (signed out)',
  ])
})

test('of a new table, one server is ahead of the others until its first rows are there', async () => {
  const fleet = new Fleet('a', 'b', 'c')
  fleet.hasHeadStart = true
  const { servers } = await fleet.tables.open('tenants', ['a', 'b', 'c'])
  expect(servers.map(({ phase }) => phase)).toEqual(['reading', 'waiting', 'waiting'])
  expect(await fleet.waiting()).toEqual(['a/tenants'])
  await (await fleet.request('a')).answer(['1'])
  expect(await fleet.waiting()).toEqual(['b/tenants', 'c/tenants'])
})

test('a first server that is silent, or fails, does not keep the others waiting', async () => {
  const silent = new Fleet('a', 'b')
  silent.hasHeadStart = true
  await silent.tables.open('tenants', ['a', 'b'])
  expect(await silent.waiting()).toEqual(['a/tenants'])
  silent.timing.advance(headStartMs)
  expect(await silent.waiting()).toEqual(['a/tenants', 'b/tenants'])

  const failing = new Fleet('a', 'b')
  failing.hasHeadStart = true
  await failing.tables.open('tenants', ['a', 'b'])
  await (await failing.request('a')).fail()
  expect(await failing.waiting()).toEqual(['b/tenants'])
})
