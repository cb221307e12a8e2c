import { expect, test } from 'vitest'
import type { MergedId } from '@shared/fleet/merged-ids'
import { RowStore, textsOf } from '@main/services/rows/row-store'
import { read, readAt, tenant } from './stored'

const later = '2026-11-27T13:00:00.000Z'
const idsOf = (store: RowStore, resource: MergedId = 'tenants'): string | undefined =>
  store
    .list('a', resource)
    ?.rows.map(({ id }) => id)
    .join(' ')

test('the first reading can be seen while it arrives', () => {
  const store = new RowStore()
  store.begin('a', 'tenants', readAt, 'account')
  expect(idsOf(store)).toBe('')
  store.append('a', 'tenants', [tenant('1', 'Contoso')])
  expect(idsOf(store)).toBe('1')
  expect(store.list('a', 'tenants')?.isComplete).toBe(false)
  store.append('a', 'tenants', [tenant('2', 'Fabrikam')])
  store.end('a', 'tenants', true)
  expect(idsOf(store)).toBe('1 2')
  expect(store.list('a', 'tenants')?.isComplete).toBe(true)
})

test('a later reading replaces the rows when it is complete, not before', () => {
  const store = new RowStore()
  read(store, 'a', 'tenants', [tenant('1', 'Contoso')])
  store.begin('a', 'tenants', later, 'account')
  store.append('a', 'tenants', [tenant('2', 'Fabrikam')])
  expect([idsOf(store), store.list('a', 'tenants')?.readAt]).toEqual(['1', readAt])
  store.end('a', 'tenants', true)
  expect([idsOf(store), store.list('a', 'tenants')?.readAt]).toEqual(['2', later])
})

test('a later reading that fails loses nothing, and its rows are dropped', () => {
  const store = new RowStore()
  read(store, 'a', 'tenants', [tenant('1', 'Contoso')])
  store.begin('a', 'tenants', later, 'account')
  store.append('a', 'tenants', [tenant('2', 'Fabrikam')])
  store.abandon('a', 'tenants')
  store.append('a', 'tenants', [tenant('3', 'Northwind')])
  store.end('a', 'tenants', true)
  expect([idsOf(store), store.list('a', 'tenants')?.readAt]).toEqual(['1', readAt])
})

test('the rows of a first reading that fails stay, but they are not all', () => {
  const store = new RowStore()
  store.begin('a', 'tenants', readAt, 'account')
  store.append('a', 'tenants', [tenant('1', 'Contoso')])
  store.abandon('a', 'tenants')
  expect(idsOf(store)).toBe('1')
  expect(store.list('a', 'tenants')?.isComplete).toBe(false)
})

test('a first reading that fails before any row leaves no empty list, and the next one can be seen while it arrives', () => {
  const store = new RowStore()
  store.begin('a', 'tenants', readAt, 'account')
  store.abandon('a', 'tenants')
  expect(store.all()).toEqual([])
  store.begin('a', 'tenants', later, 'account')
  store.append('a', 'tenants', [tenant('1', 'Contoso')])
  expect(idsOf(store)).toBe('1')
})

test('a list without rows that was read stays one that was read', () => {
  const store = new RowStore()
  read(store, 'a', 'tenants', [])
  store.begin('a', 'tenants', later, 'account')
  store.abandon('a', 'tenants')
  expect(store.list('a', 'tenants')).toMatchObject({ readAt, isComplete: true })
})

test('nothing of a server that is forgotten comes back from a running reading', () => {
  const store = new RowStore()
  read(store, 'a', 'tenants', [tenant('1', 'Contoso')])
  read(store, 'b', 'tenants', [tenant('1', 'Contoso')])
  store.begin('a', 'tenants', later, 'account')
  store.begin('a', 'dealers', later, 'account')
  store.forget(['a'])
  store.append('a', 'tenants', [tenant('2', 'Fabrikam')])
  store.end('a', 'tenants', true)
  store.append('a', 'dealers', [tenant('2', 'Fabrikam')])
  store.end('a', 'dealers', true)
  expect(store.all().map(({ serverId }) => serverId)).toEqual(['b'])
})

test('rows that arrive after a search have their texts, too', () => {
  const store = new RowStore()
  store.begin('a', 'tenants', readAt, 'account')
  store.append('a', 'tenants', [tenant('1', 'Contoso')])
  const list = store.list('a', 'tenants')
  if (list === undefined) throw new Error('The list is not there')
  expect(textsOf(list)).toHaveLength(1)
  store.append('a', 'tenants', [tenant('2', 'Fabrikam')])
  expect(textsOf(list).map((text) => text.split('\u0000')[1])).toEqual(['contoso', 'fabrikam'])
})
