import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { personLocale, setLocale } from '@shared/format/locale'
import type { MergedId } from '@shared/fleet/merged-ids'
import { searchRows } from '@main/services/rows/row-search'
import { RowStore } from '@main/services/rows/row-store'
import type { StoredRow } from '@main/services/rows/stored-row'
import { assignment, read, stored, tenant } from './stored'

const before = personLocale()
afterAll(() => setLocale(before))

const word = fc.constantFrom(
  'Contoso',
  'İstanbul',
  'istanbul',
  'Ångström',
  'Zürich',
  'zurich',
  'Ärzte',
  'PBX 10',
  'PBX 2',
  'ı',
  'I',
  '',
)
const name = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '))
const row: { readonly [resource in MergedId]?: fc.Arbitrary<(id: string) => StoredRow> } = {
  tenants: fc.tuple(name, name).map(
    ([title, domain]) =>
      (id) =>
        tenant(id, title, { domain }),
  ),
  dealers: name.map((title) => (id) => stored('dealers', id, { name: title })),
  'ip-rules': fc.tuple(fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '2001:db8::/32', '0.0.0.0/0'), name).map(
    ([cidr, description]) =>
      (id) =>
        stored('ip-rules', id, { cidr, target: 'DENY', description }),
  ),
  'trunk-assignments': fc.tuple(fc.constantFrom('4930123000-4930123999', '4930123456', ''), name).map(
    ([numbers, title]) =>
      (id) =>
        assignment(id, numbers, { tenant_name: title }),
  ),
}
const list = fc.constantFrom('tenants', 'dealers', 'ip-rules', 'trunk-assignments').chain((resource) =>
  fc.record({
    resource: fc.constant<MergedId>(resource),
    server: fc.constantFrom('a', 'b', 'c'),
    rows: fc
      .array(row[resource] ?? fc.constant((id: string) => stored(resource, id)), { maxLength: 8 })
      .map((makers) => makers.map((make, at) => make(`r${at}`))),
  }),
)
const lists = fc.uniqueArray(list, { maxLength: 8, selector: ({ resource, server }) => `${resource}/${server}` })
const typed = fc.oneof(word, fc.constantFrom('10.1.2.3', '10.0.0.0/9', '2001:db8::1', '+49 30 123456', 'r1', 'con ist'))
const text = fc.oneof(
  typed,
  fc.tuple(typed, typed).map((words) => words.join(' ')),
)
const order = <T>(items: readonly T[], seed: readonly number[]): readonly T[] =>
  items
    .map((item, at) => ({ item, rank: seed[at % seed.length] ?? 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
/** Servers of the same name have a fixed order, too. */
const names = (id: string): string => (id === 'c' ? 'PBX a' : `PBX ${id}`)

test('the same rows and text give the same hits in the same order, whatever order they arrive in, in every language', () => {
  const now = Date.parse('2026-11-27T12:00:00Z')
  const seed = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 9 })
  fc.assert(
    fc.property(
      lists,
      text,
      fc.integer({ min: 1, max: 30 }),
      seed,
      fc.constantFrom('de', 'tr', 'sv'),
      (all, query, max, ranks, locale) => {
        const search = (arrived: typeof all) => {
          const store = new RowStore()
          for (const { server, resource, rows } of arrived) read(store, server, resource, rows)
          return searchRows(store.all(), query, { names, max, now })
        }
        setLocale('en')
        const expected = search(all)
        setLocale(locale)
        const shuffled = order(all, ranks).map((each) => ({ ...each, rows: [...order(each.rows, ranks)] }))
        expect(search(shuffled)).toEqual(expected)
      },
    ),
  )
})
