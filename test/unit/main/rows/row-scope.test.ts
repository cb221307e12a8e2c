import { describe, expect, test } from 'vitest'
import { ownTenantRowId } from '@shared/fleet/merged-row'
import type { SessionState } from '@shared/domain/session'
import { Fleet } from './fleet'

const own = { id: '4711', name: 'Nord GmbH', domain: 'nord.example', website: 'nord.example.com', max_extensions: 20 }
/** The administrator of a tenant, and of a role that no document describes. */
const administrators: readonly Partial<SessionState>[] = [
  { role: 'Admin', isTenantUser: true },
  { role: 'Front desk', isTenantUser: true },
]

describe.each(administrators)('a user of a tenant with the role $role', (account) => {
  test.each(['nord gmbh', 'nord.example', 'nord.example.com', '4711'])('finds its own tenant by %s', async (text) => {
    const fleet = new Fleet('a')
    fleet.set('a', account)
    await fleet.search.find(text, 10)
    expect(await fleet.waiting()).toEqual(['a/tenant'])
    await (await fleet.request('a', '/tenant')).answerWith(own)
    const { hits, servers } = await fleet.search.find(text, 10)
    expect(hits).toMatchObject([{ resource: 'tenants', record: ownTenantRowId, title: 'Nord GmbH' }])
    expect(servers).toMatchObject([{ phase: 'partly', rows: 1, scope: 'own-tenant' }])
    expect(servers[0]?.lists.map(({ phase }) => phase)).toEqual([
      'read',
      ...Array.from({ length: 4 }, () => 'no-permission'),
    ])
  })

  test('sees it as the only row of the tenants of all servers', async () => {
    const fleet = new Fleet('a')
    fleet.set('a', account)
    const { viewId } = await fleet.tables.open('tenants', ['a'])
    await (await fleet.request('a', '/tenant')).answerWith(own)
    const { servers } = fleet.tables.show(viewId, ['a'])
    expect(servers).toMatchObject([{ phase: 'read', rows: 1, scope: 'own-tenant' }])
    const { items } = await fleet.rows.page(viewId, { serverIds: ['a'], epoch: 0, offset: 0, limit: 10 })
    expect(items).toMatchObject([{ '@record': ownTenantRowId, id: '4711', domain: 'nord.example' }])
    // What its administrator is not shown is not known.
    expect(items[0]).toMatchObject({ enabled: null, created_at: null })
    expect(items[0]).not.toHaveProperty('@unread')
  })

  test.each(['dealers', 'ip-rules', 'transports', 'trunk-assignments', 'system-settings'] as const)(
    'has no permission for %s',
    async (resource) => {
      const fleet = new Fleet('a')
      fleet.set('a', account)
      const { servers } = await fleet.tables.open(resource, ['a'])
      expect(servers).toMatchObject([{ phase: 'no-permission', rows: 0 }])
      expect(await fleet.waiting()).toEqual([])
    },
  )
})

test('an own tenant without an ID is found, too', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { role: 'Admin' })
  await fleet.search.find('nord', 10)
  await (await fleet.request('a', '/tenant')).answerWith({ name: 'Nord GmbH', domain: 'nord.example' })
  expect((await fleet.search.find('nord', 10)).hits).toMatchObject([{ record: ownTenantRowId, title: 'Nord GmbH' }])
})

test('a tenant that could not be read is not searched, and read again when it is requested', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { role: 'Admin' })
  await fleet.search.find('nord', 10)
  await (await fleet.request('a', '/tenant')).fail()
  const { servers } = await fleet.search.find('nord', 10)
  expect(servers).toMatchObject([{ phase: 'failed', rows: 0 }])
  expect(servers[0]).not.toHaveProperty('scope')
  fleet.search.read(['a'])
  expect(await fleet.waiting()).toEqual(['a/tenant'])
})

test('rows of a dealer are not all of the server, and those of a system administrator are', async () => {
  const fleet = new Fleet('dealer', 'all')
  fleet.set('dealer', { role: 'Dealer' })
  const { viewId } = await fleet.tables.open('tenants', ['dealer', 'all'])
  for (const id of ['dealer', 'all']) await (await fleet.request(id)).answer(['1'])
  const { servers } = fleet.tables.show(viewId, ['dealer', 'all'])
  expect(servers.map(({ scope }) => scope)).toEqual(['dealer', undefined])
})

test('whose rows they are stays known while the server is signed out, until an account that sees more reads them', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { role: 'Dealer' })
  const { viewId } = await fleet.tables.open('tenants', ['a'])
  await (await fleet.request('a')).answer(['1'])
  fleet.set('a', { phase: 'signed-out' })
  expect(fleet.tables.show(viewId, ['a']).servers).toMatchObject([{ phase: 'signed-out', rows: 1, scope: 'dealer' }])
  fleet.set('a', { role: 'SystemAdmin' })
  fleet.tables.read(viewId, ['a'])
  await (await fleet.request('a')).answer(['1', '2'])
  const [server] = fleet.tables.show(viewId, ['a']).servers
  expect(server).toMatchObject({ phase: 'read', rows: 2 })
  expect(server).not.toHaveProperty('scope')
})

test('rows of an earlier run keep whose rows they are', async () => {
  const fleet = new Fleet('a')
  fleet.set('a', { phase: 'signed-out' })
  const readAt = '2026-11-27T11:00:00.000Z'
  fleet.reader.restored([{ serverId: 'a', resource: 'tenants', readAt, rows: 1, scope: 'own-tenant' }])
  expect((await fleet.search.find('nord', 10)).servers).toMatchObject([{ phase: 'signed-out', scope: 'own-tenant' }])
})
