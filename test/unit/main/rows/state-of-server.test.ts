import { describe, expect, test } from 'vitest'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchedIds } from '@shared/fleet/search'
import { Fleet, timeout } from './fleet'

const paths: { readonly [resource in MergedId]?: string } = {
  tenants: '/tenants',
  dealers: '/dealers',
  'ip-rules': '/ip_filters',
  transports: '/transports',
  'trunk-assignments': '/providers',
}

test('a server of whose lists the account may read some is searched in part, and the others are named', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { role: 'Dealer' })
  await fleet.search.find('203.0.113.7', 10)
  expect(await fleet.waiting()).toEqual(['a/tenants', 'a/dealers'])
  for (const path of ['/tenants', '/dealers']) await (await fleet.request('a', path)).answer(['1'])
  const { servers, addresses } = await fleet.search.find('203.0.113.7', 10)
  expect(addresses).toEqual([])
  expect(servers).toMatchObject([{ phase: 'partly', rows: 2 }])
  expect(servers[0]?.lists).toEqual([
    { resource: 'tenants', phase: 'read' },
    { resource: 'dealers', phase: 'read' },
    { resource: 'ip-rules', phase: 'no-permission' },
    { resource: 'transports', phase: 'no-permission' },
    { resource: 'trunk-assignments', phase: 'no-permission' },
  ])
})

/** Each state in which a server has nothing to show, although it may have rows. */
const states: readonly {
  readonly state: string
  readonly phase: string
  readonly prepare?: (fleet: Fleet) => void
  readonly respond?: (fleet: Fleet, path: string) => Promise<void>
}[] = [
  { state: 'silent', phase: 'reading', respond: async (fleet, path) => void (await fleet.request('a', path)) },
  {
    state: 'silent until it is given up',
    phase: 'failed',
    respond: async (fleet, path) => (await fleet.request('a', path)).fail(),
  },
  {
    state: 'refusing',
    phase: 'failed',
    respond: async (fleet, path) => (await fleet.request('a', path)).fail({ code: 'forbidden', message: 'Refused' }),
  },
  { state: 'signed out', phase: 'signed-out', prepare: (fleet) => fleet.set('a', { phase: 'signed-out' }) },
  {
    state: 'unreachable',
    phase: 'signed-out',
    prepare: (fleet) => fleet.set('a', { phase: 'unreachable', error: timeout }),
  },
  { state: 'paused', phase: 'paused', prepare: (fleet) => fleet.set('a', {}, { paused: true }) },
  { state: 'without permission', phase: 'no-permission', prepare: (fleet) => fleet.set('a', { role: 'StandardUser' }) },
  { state: 'removed', phase: 'signed-out', prepare: (fleet) => fleet.remove('a') },
]

describe.each(states)('a server that is $state', ({ state, phase, prepare, respond }) => {
  test.each(searchedIds)('is not one whose %s were read', async (resource) => {
    const fleet = new Fleet('a')
    prepare?.(fleet)
    const { viewId } = await fleet.tables.open(resource, ['a'])
    await respond?.(fleet, paths[resource] ?? '')
    const { servers } = fleet.tables.show(viewId, ['a'])
    expect(servers).toMatchObject([{ serverId: 'a', phase, rows: 0 }])
    expect(servers[0]).not.toHaveProperty('readAt')
  })

  test('is not one that the search has read, and no rule of it is an answer', async () => {
    const fleet = new Fleet('a')
    prepare?.(fleet)
    await fleet.search.find('203.0.113.7', 10)
    for (const path of Object.values(paths)) await respond?.(fleet, path)
    const { servers, addresses } = await fleet.search.find('203.0.113.7', 10)
    expect(servers.map((server) => server.phase)).toEqual(state === 'removed' ? [] : [phase])
    expect(addresses).toEqual([])
  })
})
