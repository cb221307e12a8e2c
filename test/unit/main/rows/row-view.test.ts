import { describe, expect, test } from 'vitest'
import type { MergedQuery } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import { RowStore } from '@main/services/rows/row-store'
import { RowView } from '@main/services/rows/row-view'
import type { StoredRow } from '@main/services/rows/stored-row'
import { assignment, query, read, readAt, rule, stored, tenant } from './stored'

const names: ReadonlyMap<string, string> = new Map([
  ['a', 'PBX 10'],
  ['b', 'PBX 2'],
])

/** A table over servers `a` and `b`. */
function table(resource: MergedId, a: readonly StoredRow[] = [], b: readonly StoredRow[] = []) {
  const store = new RowStore()
  read(store, 'a', resource, a)
  if (b.length > 0) read(store, 'b', resource, b)
  const view = new RowView(store, resource, (id) => names.get(id) ?? id)
  const page = (more: Partial<MergedQuery> = {}) => view.page({ ...query(more), offset: 0, limit: 1000 })
  const ids = (more: Partial<MergedQuery> = {}): string =>
    page(more)
      .items.map((row) => row['@record'])
      .join(' ')
  return { store, view, page, ids }
}

describe('the order', () => {
  const sort = { key: 'name', descending: false }

  test('stays while rows arrive, which are at the end until the next epoch', () => {
    const { store, page, ids } = table('tenants', [tenant('2', 'Fabrikam'), tenant('1', 'Contoso')])
    expect(ids({ sort })).toBe('1 2')
    expect(page({ sort }).isOutdated).toBe(false)
    store.begin('b', 'tenants', readAt, 'account')
    store.append('b', 'tenants', [tenant('3', 'Adatum')])
    expect(ids({ sort })).toBe('1 2 3')
    expect(page({ sort })).toMatchObject({ count: 3, isOutdated: true })
    store.append('b', 'tenants', [tenant('4', 'Alpine')])
    expect(ids({ sort })).toBe('1 2 3 4')
    expect(ids({ sort, epoch: 1 })).toBe('3 4 1 2')
    expect(page({ sort, epoch: 1 }).isOutdated).toBe(false)
  })

  test('stays while a list is read again, with its rows; a new epoch has the new ones', () => {
    const { store, page, ids } = table('tenants', [tenant('1', 'Contoso'), tenant('2', 'Fabrikam')])
    expect(ids({ sort })).toBe('1 2')
    store.begin('a', 'tenants', '2026-11-27T13:00:00.000Z', 'account')
    store.append('a', 'tenants', [tenant('2', 'Adatum')])
    expect(page({ sort }).isOutdated).toBe(false)
    store.end('a', 'tenants', true)
    expect(page({ sort })).toMatchObject({ count: 2, isOutdated: true })
    expect(page({ sort }).items.map((row) => [row['name'], row['@readAt']])).toEqual([
      ['Contoso', readAt],
      ['Fabrikam', readAt],
    ])
    expect(page({ sort, epoch: 1 })).toMatchObject({
      items: [{ name: 'Adatum', '@readAt': '2026-11-27T13:00:00.000Z' }],
      isOutdated: false,
    })
  })

  test('a server whose rows are gone is out of date, and gone in the next epoch', () => {
    const { store, page } = table('tenants', [tenant('1', 'Contoso')], [tenant('2', 'Fabrikam')])
    page()
    store.forget(['b'])
    expect(page()).toMatchObject({ count: 2, isOutdated: true })
    expect(page({ epoch: 1 })).toMatchObject({ count: 1, isOutdated: false })
  })

  test('only rows of the servers of the query are shown, a page at a time', () => {
    const { view, ids } = table('tenants', [tenant('1', 'Contoso')], [tenant('2', 'Fabrikam'), tenant('3', 'Adatum')])
    expect(ids({ serverIds: ['b'] })).toBe('2 3')
    const page = view.page({ ...query(), offset: 1, limit: 1 })
    expect([page.items.map((row) => row['@id']), page.count]).toEqual([['b/2'], 3])
  })
})

describe('sorted', () => {
  const by = (key: string, descending = false) => ({ sort: { key, descending } })

  test('servers and names are in the order of people, numbers in names by size', () => {
    const { ids } = table('tenants', [tenant('x', 'pbx 10'), tenant('y', 'Émile')], [tenant('z', 'PBX 2')])
    expect(ids(by('@serverName'))).toBe('z x y')
    expect(ids(by('@serverName', true))).toBe('x y z')
    expect(ids(by('name'))).toBe('y z x')
  })

  test('numbers are by size', () => {
    const { ids } = table('transports', [
      stored('transports', 'x', { port: 5063 }),
      stored('transports', 'y', { port: 443 }),
      stored('transports', 'z', { port: 10000 }),
    ])
    expect(ids(by('port'))).toBe('y x z')
    expect(ids(by('port', true))).toBe('z x y')
  })

  test('choices are in the order of their description, times by time with rules that never expire first', () => {
    const { ids } = table('ip-rules', [
      rule('x', '10.0.0.0/8', 'ACCEPT', '2026-12-01T00:00:00Z'),
      rule('y', '10.1.0.0/16', 'DENY'),
      rule('z', '10.2.0.0/16', 'DENY', '2026-11-30T00:00:00Z'),
    ])
    expect(ids(by('target'))).toBe('y z x')
    expect(ids(by('expire_at'))).toBe('y z x')
    expect(ids(by('expire_at', true))).toBe('x z y')
  })

  test('by when rows were read', () => {
    const { store, ids } = table('tenants', [tenant('x', 'Contoso')])
    read(store, 'b', 'tenants', [tenant('y', 'Fabrikam')], '2026-11-27T11:00:00.000Z')
    expect(ids(by('@readAt'))).toBe('y x')
  })
})

test('terms compare the values, and a rule that never expires is neither before nor after a time', () => {
  const { ids } = table('ip-rules', [
    rule('x', '10.0.0.0/8', 'ACCEPT', '2026-12-01T00:00:00Z'),
    rule('y', '10.1.0.0/16', 'DENY'),
    rule('z', '10.2.0.0/16', 'DENY', '2027-11-30T00:00:00Z'),
  ])
  const where = (key: string, operator: 'eq' | 'lt' | 'gt', value: string) =>
    ids({ filter: [{ key, operator, value }] })
  expect(where('target', 'eq', 'DENY')).toBe('y z')
  expect(where('expire_at', 'lt', '2027-01-01T00:00:00Z')).toBe('x')
  expect(where('expire_at', 'gt', '2027-01-01T00:00:00Z')).toBe('z')
  // Rows of an unknown field are not all rows.
  expect(where('absent', 'eq', '')).toBe('')
})

describe('a search', () => {
  test('needs every word, in any order and value, without case and marks, also in the name of the server', () => {
    const { ids } = table(
      'tenants',
      [tenant('x', 'München Süd', { domain: 'sued.example' }), tenant('y', 'Berlin', { domain: 'b.example' })],
      [tenant('z', 'München Nord', { domain: 'nord.example' })],
    )
    expect(ids({ search: 'EXAMPLE munchen' })).toBe('x z')
    expect(ids({ search: 'munchen 10' })).toBe('x')
    expect(ids({ search: 'PBX 2' })).toBe('z')
    expect(ids({ search: 'münchen berlin' })).toBe('')
    expect(ids({ search: ' ' })).toBe('x y z')
  })

  test('finds the rules that an address is in, and those within a range', () => {
    const { ids } = table('ip-rules', [
      rule('x', '203.0.113.0/24'),
      rule('y', '203.0.114.0/24'),
      rule('z', '2001:db8::/32'),
    ])
    expect(ids({ search: '203.0.113.7' })).toBe('x')
    expect(ids({ search: '203.0.0.0/16' })).toBe('x y')
    expect(ids({ search: '2001:DB8::1' })).toBe('z')
    expect(ids({ search: '203.0.113.7 pbx' })).toBe('x')
    expect(ids({ search: '203.0.113.7 contoso' })).toBe('')
  })

  test('finds the assignment whose range has a number, however it is written', () => {
    const { ids } = table('trunk-assignments', [
      assignment('x', '4930123000-4930123999'),
      assignment('y', '4930124000-4930124999'),
      assignment('z', '4930123456;44'),
    ])
    for (const search of ['4930123456', '+49 30 123-456', '0049 (30) 123 456', '+49/30/123456'])
      expect([search, ids({ search })]).toEqual([search, 'x z'])
  })

  test('finds a text that could be a number as it is', () => {
    const { ids } = table('ip-rules', [
      stored('ip-rules', 'x', { cidr: '10.0.0.0/8', description: 'Ticket 2024-1177' }),
      stored('ip-rules', 'y', { cidr: '10.0.0.0/8', description: 'Ticket 20241177' }),
      stored('ip-rules', 'z', { cidr: '10.0.0.0/8', description: 'Ticket 2024' }),
    ])
    expect(ids({ search: '2024-1177' })).toBe('x y')
    expect(ids({ search: '2024 11' })).toBe('x y')
  })
})

describe('selected rows', () => {
  const columns = ['@serverName', 'name', '@readAt']

  test('are found by what identifies them, in the order of the table', () => {
    // Both servers have a record 1.
    const { view } = table('tenants', [tenant('1', 'Contoso'), tenant('2', 'Adatum')], [tenant('1', 'Fabrikam')])
    const sorted = query({ sort: { key: 'name', descending: false } })
    expect(view.texts({ query: sorted, ids: ['b/1', 'a/2', 'c/9'], columns }, 'plain')).toEqual({
      header: ['Server', 'Name', 'Read at'],
      rows: [
        ['PBX 10', 'Adatum', readAt],
        ['PBX 2', 'Fabrikam', readAt],
      ],
    })
    const all = view.texts({ query: sorted, except: ['a/1'], columns: ['name'] }, 'plain')
    expect(all.rows).toEqual([['Adatum'], ['Fabrikam']])
    expect(view.texts({ query: sorted, ids: [], columns }, 'plain').rows).toEqual([])
  })

  test('are those of the table, although a list was read again', () => {
    const { store, view, page } = table('tenants', [tenant('1', 'Contoso')])
    page()
    read(store, 'a', 'tenants', [tenant('2', 'Adatum')])
    expect(view.texts({ query: query(), columns: ['name'] }, 'plain').rows).toEqual([['Contoso']])
  })

  test('have the texts of the table for the clipboard, and the values of the API in a file', () => {
    const { view } = table('ip-rules', [rule('1', '10.0.0.0/8', 'ACCEPT')])
    const texts = (form: 'shown' | 'plain') => view.texts({ query: query(), columns: ['target', 'expire_at'] }, form)
    expect(texts('shown').rows).toEqual([['Allow', 'Never']])
    expect(texts('plain').rows).toEqual([['ACCEPT', '']])
  })

  test('say which values were not understood: these are not blank', () => {
    const { view, page } = table('ip-rules', [stored('ip-rules', '1', { cidr: '10.0.0.0/8' }, ['expire_at'])])
    for (const form of ['shown', 'plain'] as const)
      expect(view.texts({ query: query(), columns: ['cidr', 'expire_at', 'description'] }, form).rows).toEqual([
        ['10.0.0.0/8', '(not understood)', ''],
      ])
    expect(page().items[0]?.['@unread']).toEqual(['expire_at'])
  })

  test('show invisible characters of a name', () => {
    const { view } = table('tenants', [tenant('1', 'Con\u202Etoso')])
    const texts = view.texts({ query: query(), columns: ['name'] }, 'shown')
    expect(texts.rows).toEqual([['Con⟨U+202E⟩toso']])
  })
})
