import type { ListQuery, Page, PageQuery } from '../domain/page'
import { filterTest } from './filter'
import { byColumns, compareValues, type Compare } from './order'
import { searchOf, searchTest, searchText, type Search } from './search'

/** How the rows of a list are read. What is absent is as the API does it with plain objects. */
export interface RowRules<T> {
  /** The value of a column. */
  readonly value?: (row: T, key: string) => unknown
  /** The values that a search looks in. */
  readonly searched?: (row: T) => readonly unknown[]
  readonly searchMode?: Search['mode']
  /** Finds rows by more than their text, such as a number within a range. */
  readonly alsoFound?: (row: T, part: string) => boolean
  /** The order of a column. */
  readonly order?: (key: string) => Compare<unknown>
}

const ownValue = (row: unknown, key: string): unknown => (row as Readonly<Record<string, unknown>>)[key]
const ownValues = (row: unknown): readonly unknown[] => Object.values(row as object)

/** The rows that a query finds, in its order; without a sort in the order that they have. */
export function selectRows<T>(
  rows: readonly T[],
  { search: typed = '', filter = [], sort }: ListQuery,
  { value = ownValue, searched = ownValues, searchMode = 'any', alsoFound, order }: RowRules<T> = {},
): readonly T[] {
  const meets = filterTest(filter, value)
  const search = searchOf(typed, searchMode)
  const isFound = searchTest(search)
  const isMatch = (row: T): boolean =>
    isFound(searchText(searched(row))) || search.parts.some((part) => alsoFound?.(row, part) === true)
  const filtered = meets === undefined ? rows : rows.filter(meets)
  const found = search.parts.length === 0 ? filtered : filtered.filter(isMatch)
  if (sort === undefined) return found
  // Each value is read once, as a row may have to be made for it.
  const cells = found.map((row) => ({ row, cell: value(row, sort.key) }))
  const compare = byColumns<(typeof cells)[number]>([sort], ({ cell }) => cell, order ?? (() => compareValues))
  return cells.sort(compare).map(({ row }) => row)
}

export const pageOf = <T>(rows: readonly T[], { offset, limit }: Pick<PageQuery, 'offset' | 'limit'>): Page<T> => ({
  items: rows.slice(offset, offset + limit),
  count: rows.length,
})

/** One page of what a query finds. */
export const queryPage = <T>(rows: readonly T[], query: PageQuery, rules?: RowRules<T>): Page<T> =>
  pageOf(selectRows(rows, query, rules), query)

/**
 * One page of rows that are made from other things only where a query needs them: all of them for a search, otherwise those of the page. `cheap` gives
 * values without making a row.
 */
export function queryPageOf<S, R extends object>(
  sources: readonly S[],
  query: PageQuery,
  make: (source: S) => R,
  cheap: { readonly [K in keyof R & string]?: (source: S) => R[K] } = {},
): Page<R> {
  const made = new Map<S, R>()
  const rowOf = (source: S): R => {
    const row = made.get(source) ?? make(source)
    made.set(source, row)
    return row
  }
  const { items, count } = queryPage(sources, query, {
    value: (source, key) =>
      Object.hasOwn(cheap, key) ? cheap[key as keyof R & string]?.(source) : ownValue(rowOf(source), key),
    searched: (source) => ownValues(rowOf(source)),
  })
  return { items: items.map(rowOf), count }
}
