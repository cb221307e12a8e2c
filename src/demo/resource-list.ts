import { pageOf } from '@shared/rows/query'
import { parseListQuery, type ListFields, type RawQuery } from './list-query'
import type { Row } from './odata-filter'

const cachedResultsMax = 8

/**
 * The rows of a resource in the order of creation. Rows are replaced, never changed, so that a response being sent
 * stays consistent. Filtered and sorted results are cached until the next write, because clients read them page by
 * page.
 */
export class ResourceList<T extends Row & { readonly id: string }> {
  private readonly byId = new Map<string, T>()
  private readonly results = new Map<string, readonly T[]>()
  private rows: T[]

  constructor(
    rows: readonly T[],
    private readonly fields: ListFields,
  ) {
    this.rows = [...rows]
    for (const row of rows) this.byId.set(row.id, row)
  }

  all(): readonly T[] {
    return this.rows
  }

  get(id: string): T | undefined {
    return this.byId.get(id)
  }

  add(row: T): void {
    this.rows.push(row)
    this.byId.set(row.id, row)
    this.results.clear()
  }

  replace(row: T): void {
    const at = this.indexOf(row.id)
    if (at >= 0) this.rows[at] = row
    this.byId.set(row.id, row)
    this.results.clear()
  }

  remove(id: string): boolean {
    const at = this.indexOf(id)
    if (at < 0) return false
    this.rows.splice(at, 1)
    this.byId.delete(id)
    this.results.clear()
    return true
  }

  page(query: RawQuery): { readonly count: number; readonly items: readonly T[] } {
    const parsed = parseListQuery(query, this.fields)
    let rows: readonly T[] = this.rows
    if (parsed.matches !== undefined || parsed.compare !== undefined) {
      rows = this.results.get(parsed.key) ?? this.remember(parsed.key, this.select(parsed.matches, parsed.compare))
    }
    const { count, items } = pageOf(rows, { offset: parsed.skip, limit: parsed.top })
    // In the order of the API's replies.
    return { count, items }
  }

  private select(matches: ((row: Row) => boolean) | undefined, compare: ((a: Row, b: Row) => number) | undefined): T[] {
    const matching = matches === undefined ? [...this.rows] : this.rows.filter(matches)
    return compare === undefined ? matching : matching.sort(compare)
  }

  private remember(key: string, rows: readonly T[]): readonly T[] {
    const oldest = this.results.keys().next()
    if (this.results.size >= cachedResultsMax && !oldest.done) this.results.delete(oldest.value)
    this.results.set(key, rows)
    return rows
  }

  private indexOf(id: string): number {
    const row = this.byId.get(id)
    return row === undefined ? -1 : this.rows.indexOf(row)
  }
}
