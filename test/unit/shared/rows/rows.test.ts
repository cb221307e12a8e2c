import { expect, test, vi } from 'vitest'
import type { FieldSpec } from '@shared/resources/field'
import { termTest } from '@shared/rows/filter'
import { fieldOrder } from '@shared/rows/field-order'
import { byColumns, compareNames, compareValues, sortedNames } from '@shared/rows/order'
import { queryPage, queryPageOf, selectRows } from '@shared/rows/query'
import { narrows, searchOf, searchTest, searchText } from '@shared/rows/search'

const rows = [
  { id: 'a', name: 'PBX 10', level: 'RESELLER', limit: 5, note: null },
  { id: 'b', name: 'pbx 2', level: 'DISTRIBUTOR', limit: 40, note: 'Rack 1' },
  { id: 'c', name: 'Émile', level: 'RESELLER', limit: 5, note: 'Rack 2' },
] as const
const ids = (found: readonly { readonly id: string }[]): string => found.map(({ id }) => id).join('')

test.each([
  ['eq', 'b', 'b', true],
  ['eq', 'b', 'B', false],
  ['ne', 'b', '', true],
  ['gt', 'b', 'c', true],
  ['ge', 'b', 'b', true],
  ['lt', 'b', 'a', true],
  ['lt', 'b', '', false],
  ['le', 'b', 'b', true],
  ['le', 'b', '', false],
  ['ge', '', '', false],
  ['startswith', 'ab', 'abc', true],
  ['endswith', 'ab', 'abc', false],
  ['contains', 'b', 'abc', true],
] as const)('%s %o of a cell %o is %o', (operator, value, cell, met) => {
  expect(termTest({ operator, value })(cell)).toBe(met)
})

test('the terms of a filter are joined by AND, and compare text', () => {
  const where = (...filter: Parameters<typeof selectRows>[1]['filter'] & object) => ids(selectRows(rows, { filter }))
  expect(where({ key: 'level', operator: 'eq', value: 'RESELLER' })).toBe('ac')
  expect(
    where({ key: 'level', operator: 'eq', value: 'RESELLER' }, { key: 'note', operator: 'contains', value: '2' }),
  ).toBe('c')
  expect(where({ key: 'absent', operator: 'ne', value: 'x' })).toBe('abc')
})

test('a search looks for one of several parts, or for all words', () => {
  const found = (search: string) => ids(selectRows(rows, { search }))
  expect(found(' RACK 1 ')).toBe('b')
  expect(found('rack 1 or PBX 10')).toBe('ab')
  expect(found(' ')).toBe('abc')
  const all = (search: string) => ids(selectRows(rows, { search }, { searchMode: 'all' }))
  expect(all('1 pbx')).toBe('ab')
  expect(all('pbx rock')).toBe('')
  // The end of one value and the beginning of the next are no text.
  expect(searchTest(searchOf('ab'))(searchText(['a', 'b']))).toBe(false)
})

test('a longer text finds part of what a shorter one found, unless it has alternatives', () => {
  expect(narrows(searchOf('rack 1'), searchOf('rack'))).toBe(true)
  expect(narrows(searchOf('rack'), searchOf(''))).toBe(true)
  expect(narrows(searchOf('rack'), searchOf('rock'))).toBe(false)
  expect(narrows(searchOf('rack or x'), searchOf('rack'))).toBe(false)
  expect(narrows(searchOf('rack'), searchOf('rack or x'))).toBe(false)
})

test('rules say what is searched, and what is found by more than its text', () => {
  const rules = { searched: (row: (typeof rows)[number]) => [row.name] }
  expect(ids(selectRows(rows, { search: 'rack' }, rules))).toBe('')
  const alsoFound = ({ limit }: (typeof rows)[number], part: string) => String(limit) === part
  expect(ids(selectRows(rows, { search: '40 or émile' }, { ...rules, alsoFound }))).toBe('bc')
})

test('values are in the order of the API, names in that of people', () => {
  const by = (order: typeof compareValues) => ['PBX 10', 'pbx 2', 'Émile', '', 7, 10, null].toSorted(order)
  expect(by(compareValues)).toEqual(['', null, 7, 10, 'PBX 10', 'pbx 2', 'Émile'])
  expect([7, 10, 9].toSorted(compareNames)).toEqual([7, 9, 10])
  expect(sortedNames(['PBX 10', '', 'pbx 2', 'Émile', 'PBX 10'])).toEqual(['Émile', 'pbx 2', 'PBX 10'])
})

test('equal rows keep their order, ascending and descending', () => {
  const by = (key: string, descending: boolean) => ids(selectRows(rows, { sort: { key, descending } }))
  expect(by('limit', false)).toBe('acb')
  expect(by('limit', true)).toBe('bac')
  expect(by('note', false)).toBe('abc')
})

test('choices are in the order of their description', () => {
  const level: FieldSpec = {
    kind: 'choice',
    key: 'level',
    label: 'Level',
    choices: ['DISTRIBUTOR', 'SUB_DISTRIBUTOR', 'RESELLER'].map((value) => ({ value, label: value })),
  }
  const sort = { key: 'level', descending: false }
  expect(ids(selectRows(rows, { sort }, { order: fieldOrder([level]) }))).toBe('bac')
})

test('several columns are compared one after the other', () => {
  const sorts = [
    { key: 'limit', descending: false },
    { key: 'id', descending: true },
  ]
  const compare = byColumns<(typeof rows)[number]>(sorts, (row, key) => row[key as 'id'])
  expect(ids(rows.toSorted(compare))).toBe('cab')
})

test('a page counts all rows that are found', () => {
  const filter = [{ key: 'level', operator: 'eq', value: 'RESELLER' }] as const
  expect(queryPage(rows, { filter, offset: 1, limit: 1 })).toEqual({ items: [rows[2]], count: 2 })
  expect(queryPage(rows, { offset: 3, limit: 5 })).toEqual({ items: [], count: 3 })
})

test('only the rows that a query needs are made, and each once', () => {
  const make = vi.fn((n: number) => ({ id: String(n), state: n % 2 === 0 ? 'even' : 'odd', text: `row ${n}` }))
  const numbers = [1, 2, 3, 4, 5, 6]
  const state = (n: number) => (n % 2 === 0 ? 'even' : 'odd')
  const filter = [{ key: 'state', operator: 'eq', value: 'even' }] as const
  const page = (query: object) => queryPageOf(numbers, { offset: 1, limit: 1, ...query }, make, { state })
  expect(page({ filter })).toEqual({ items: [{ id: '4', state: 'even', text: 'row 4' }], count: 3 })
  expect(make).toHaveBeenCalledTimes(1)
  make.mockClear()
  expect(page({ filter, search: 'row', sort: { key: 'text', descending: true } }).items[0]?.id).toBe('4')
  expect(make).toHaveBeenCalledTimes(3)
})
