import type { FilterTerm, ListQuery } from '@shared/domain/page'
import { termTest } from '@shared/rows/filter'
import { byColumns } from '@shared/rows/order'
import { narrows, searchOf, searchTest, searchText, type Search } from '@shared/rows/search'
import { cellMatch, type CellMatch } from '@shared/rows/value-match'
import type { TextTable } from './table'

const allOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, index) => index)

/** Answers queries over a table that does not change. What was found last is kept, as a person types a search letter by letter. */
export class TableQuery {
  private readonly places: ReadonlyMap<string, number>
  private readonly everything: Uint32Array
  private searchable: readonly string[] | undefined
  /** The cells of a column as values. */
  private readonly parsed = new Map<number, readonly unknown[]>()
  private filtered: { readonly key: string; readonly rows: Uint32Array }
  private found: { readonly filter: string; readonly search: Search; readonly rows: Uint32Array }
  private sorted: { readonly key: string; readonly rows: Uint32Array }

  constructor(private readonly table: TextTable) {
    this.places = new Map(table.columns.map(({ key }, index) => [key, index]))
    this.everything = allOf(table.count)
    this.filtered = { key: '[]', rows: this.everything }
    this.found = { filter: '[]', search: searchOf(''), rows: this.everything }
    this.sorted = { key: '', rows: this.everything }
  }

  /** The places of the rows that match, in the order that the query asks for. */
  rows(query: ListQuery): Uint32Array {
    const key = JSON.stringify([query.filter ?? [], query.search ?? '', query.sort ?? null])
    if (this.sorted.key !== key) {
      const found = this.search(JSON.stringify(query.filter ?? []), query)
      this.sorted = { key, rows: query.sort === undefined ? found : this.sort(found, query.sort) }
    }
    return this.sorted.rows
  }

  private filter(key: string, terms: readonly FilterTerm[]): Uint32Array {
    if (this.filtered.key === key) return this.filtered.rows
    const checks = terms.map((term) => [this.places.get(term.key), termTest(term)] as const)
    const all = this.table.all()
    const rows = this.everything.filter((row) =>
      checks.every(([place, test]) => place !== undefined && test(all[row]?.[place] ?? '')),
    )
    this.filtered = { key, rows }
    return rows
  }

  private search(filterKey: string, { filter = [], search: typed = '' }: ListQuery): Uint32Array {
    const search = searchOf(typed)
    const { found } = this
    const isSameFilter = found.filter === filterKey
    if (isSameFilter && found.search.parts.join('\n') === search.parts.join('\n')) return found.rows
    // A longer text can mean a value, such as an address within a range, that a part of it does not.
    const isValue = this.valueTest(search)
    const canNarrow = isSameFilter && isValue === undefined && narrows(search, found.search)
    const among = canNarrow ? found.rows : this.filter(filterKey, filter)
    const isFound = searchTest(search)
    const lines = search.parts.length === 0 ? [] : this.lines()
    const rows =
      search.parts.length === 0 ? among : among.filter((row) => isFound(lines[row] ?? '') || isValue?.(row) === true)
    this.found = { filter: filterKey, search, rows }
    return rows
  }

  /** Finds rows by the values that a part of the search means; undefined if none means one. */
  private valueTest({ parts }: Search): ((row: number) => boolean) | undefined {
    const tests = [...this.places].flatMap(([key, place]) =>
      parts.flatMap((part) => {
        const match = cellMatch(key, part)
        return match === undefined ? [] : [{ cells: this.parsedCells(place, match), test: match.test }]
      }),
    )
    if (tests.length === 0) return undefined
    return (row) => tests.some(({ cells, test }) => test(cells[row]))
  }

  private parsedCells(place: number, { parse }: CellMatch): readonly unknown[] {
    const known = this.parsed.get(place)
    if (known !== undefined) return known
    const cells = this.table.all().map((row) => parse(row[place] ?? ''))
    this.parsed.set(place, cells)
    return cells
  }

  /** Each row as one text to search in; made with the first search. */
  private lines(): readonly string[] {
    this.searchable ??= this.table.all().map(searchText)
    return this.searchable
  }

  private sort(rows: Uint32Array, sort: NonNullable<ListQuery['sort']>): Uint32Array {
    const place = this.places.get(sort.key)
    if (place === undefined) return rows
    const cells = this.table.all().map((row) => row[place] ?? '')
    const compare = byColumns<number>([sort], (row) => cells[row])
    return rows.slice().sort((a, b) => compare(a, b) || a - b)
  }
}
