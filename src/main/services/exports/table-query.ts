import type { FilterTerm, ListQuery } from '@shared/domain/page'
import type { TextTable } from './table'

type Test = (cell: string) => boolean

const tests: Readonly<Record<FilterTerm['operator'], (value: string) => Test>> = {
  eq: (value) => (cell) => cell === value,
  ne: (value) => (cell) => cell !== value,
  gt: (value) => (cell) => cell !== '' && cell > value,
  ge: (value) => (cell) => cell !== '' && cell >= value,
  lt: (value) => (cell) => cell !== '' && cell < value,
  le: (value) => (cell) => cell !== '' && cell <= value,
  startswith: (value) => (cell) => cell.startsWith(value),
  endswith: (value) => (cell) => cell.endsWith(value),
  contains: (value) => (cell) => cell.includes(value),
}

const allOf = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, index) => index)

/** Answers queries over a table that does not change. What was found last is kept, as a person types a search letter by letter. */
export class TableQuery {
  private readonly places: ReadonlyMap<string, number>
  private readonly everything: Uint32Array
  private searchable: readonly string[] | undefined
  private filtered: { readonly key: string; readonly rows: Uint32Array }
  private found: { readonly filter: string; readonly search: string; readonly rows: Uint32Array }
  private sorted: { readonly key: string; readonly rows: Uint32Array }

  constructor(private readonly table: TextTable) {
    this.places = new Map(table.columns.map(({ key }, index) => [key, index]))
    this.everything = allOf(table.count)
    this.filtered = { key: '[]', rows: this.everything }
    this.found = { filter: '[]', search: '', rows: this.everything }
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
    const checks = terms.map(
      ({ key: column, operator, value }) => [this.places.get(column), tests[operator](value)] as const,
    )
    const all = this.table.all()
    const rows = this.everything.filter((row) =>
      checks.every(([place, test]) => place !== undefined && test(all[row]?.[place] ?? '')),
    )
    this.filtered = { key, rows }
    return rows
  }

  private search(filterKey: string, { filter = [], search = '' }: ListQuery): Uint32Array {
    const text = search.trim().toLowerCase()
    const { found } = this
    if (found.filter === filterKey && found.search === text) return found.rows
    const words = text.split(/\s+or\s+/)
    const narrows =
      found.filter === filterKey && words.length === 1 && text.startsWith(found.search) && !/\sor\s/.test(found.search)
    const among = narrows ? found.rows : this.filter(filterKey, filter)
    const lines = text === '' ? [] : this.lines()
    const [word = ''] = words
    const rows =
      text === ''
        ? among
        : words.length === 1
          ? among.filter((row) => (lines[row] ?? '').includes(word))
          : among.filter((row) => words.some((each) => (lines[row] ?? '').includes(each)))
    this.found = { filter: filterKey, search: text, rows }
    return rows
  }

  /** Each row as one line in lower case; made with the first search. A separator keeps a word from matching across two cells. */
  private lines(): readonly string[] {
    this.searchable ??= this.table.all().map((row) => row.join('\u0000').toLowerCase())
    return this.searchable
  }

  private sort(rows: Uint32Array, { key, descending }: NonNullable<ListQuery['sort']>): Uint32Array {
    const place = this.places.get(key)
    if (place === undefined) return rows
    const cells = this.table.all()
    const direction = descending ? -1 : 1
    return rows.slice().sort((a, b) => {
      const x = cells[a]?.[place] ?? ''
      const y = cells[b]?.[place] ?? ''
      return x === y ? a - b : x < y ? -direction : direction
    })
  }
}
