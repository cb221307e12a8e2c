import type { ServerId } from '@shared/domain/server'
import type { MergedPage, MergedPageQuery, MergedQuery, MergedRows } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import { mergedRowId, type MergedRow } from '@shared/fleet/merged-row'
import { visibleText } from '@shared/domain/visible-text'
import { valueText } from '@shared/resources/value-text'
import { termTest } from '@shared/rows/filter'
import { fieldOrder } from '@shared/rows/field-order'
import { byColumns, compareNames, type Compare } from '@shared/rows/order'
import { plainText } from '@shared/text/plain-text'
import type { PlacedRow, RowStore, StoredList } from './row-store'
import type { StoredRow } from './stored-row'
import { storedFields, type StoredFields } from './stored-fields'
import { Finders } from './value-finder'
import { WordRows } from './word-rows'

type Names = (serverId: ServerId) => string

/** What is the same for all pages of one order. */
interface Order {
  readonly key: string
  readonly rows: PlacedRow[]
  /** The lists that are in `rows`, by server, and how many of their rows. */
  readonly taken: Map<ServerId, { readonly list: StoredList; count: number }>
  /** Adds the rows of a list that match, from the place `start` on. */
  readonly add: (list: StoredList, start: number) => void
  /** Rows were added at the end. */
  isUnsorted: boolean
}

const keyOf = ({ serverIds, search, filter, sort, epoch }: MergedQuery): string =>
  JSON.stringify([epoch, serverIds, search ?? '', filter ?? [], sort ?? null])

/** The test of the terms of a filter. */
function termsTest(resource: MergedId, { filter = [] }: MergedQuery): ((row: StoredRow) => boolean) | undefined {
  if (filter.length === 0) return undefined
  const { places } = storedFields(resource)
  const tests = filter.map((term) => ({ place: places.get(term.key), test: termTest(term) }))
  return ({ cells }) => tests.every(({ place, test }) => place !== undefined && test(plainText(cells[place])))
}

/** One merged table: the rows of a resource on several servers, in an order that stays while they arrive. */
export class RowView {
  private readonly stored: StoredFields
  private readonly words = new WordRows()
  private order: Order | undefined

  constructor(
    private readonly store: RowStore,
    private readonly resource: MergedId,
    private readonly names: Names,
  ) {
    this.stored = storedFields(resource)
  }

  page({ offset, limit, ...query }: MergedPageQuery): MergedPage {
    const order = this.ordered(query)
    return {
      items: order.rows.slice(offset, offset + limit).map((row) => this.rowOf(row)),
      count: order.rows.length,
      isOutdated: this.isOutdated(query, order),
    }
  }

  /** The selected rows as texts in these columns, `shown` as a table shows them or else as the API has them. */
  texts(
    { query, ids, except = [], columns }: MergedRows,
    form: 'shown' | 'plain',
  ): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
    const selected = new Set(ids)
    const left = new Set(except)
    const rows = this.ordered(query).rows.filter((row) => {
      const id = this.idOf(row)
      return ids === undefined ? !left.has(id) : selected.has(id)
    })
    const cells = columns.map((key) => this.cell(key, form))
    return {
      header: columns.map((key) => this.label(key)),
      rows: rows.map((row) => cells.map((cell) => cell(row))),
    }
  }

  private idOf = ({ list, id }: PlacedRow): string => mergedRowId(list.serverId, id)

  private rowOf(row: PlacedRow): MergedRow {
    const { list } = row
    const values = this.stored.fields.map(({ key }, at) => [key, row.cells[at] ?? null] as const)
    return {
      ...Object.fromEntries(values),
      '@id': this.idOf(row),
      '@server': list.serverId,
      '@serverName': this.names(list.serverId),
      '@record': row.id,
      '@readAt': list.readAt,
      ...(row.unread && { '@unread': row.unread }),
    }
  }

  private label(key: string): string {
    if (key === '@serverName') return 'Server'
    if (key === '@readAt') return 'Read at'
    const field = this.stored.fields.find((each) => each.key === key)
    return field?.column ?? field?.label ?? key
  }

  private cell(key: string, form: 'shown' | 'plain'): (row: PlacedRow) => string {
    if (key === '@serverName') return ({ list }) => visibleText(this.names(list.serverId))
    if (key === '@readAt') return ({ list }) => list.readAt
    const place = this.stored.places.get(key)
    const field = this.stored.fields[place ?? -1]
    if (place === undefined || field === undefined) return () => ''
    const textOf = form === 'plain' ? plainText : (value: unknown) => valueText(field, value)
    return (row) => (row.unread?.includes(key) === true ? '(not understood)' : textOf(row.cells[place]))
  }

  private ordered(query: MergedQuery): Order {
    const key = keyOf(query)
    if (this.order?.key !== key) this.order = this.make(key, query)
    else this.takeNew(query, this.order)
    return this.order
  }

  private make(key: string, query: MergedQuery): Order {
    const rows: PlacedRow[] = []
    const order: Order = { key, rows, taken: new Map(), add: this.adder(query, rows), isUnsorted: false }
    this.takeNew(query, order)
    if (query.sort !== undefined) rows.sort(this.compare(query.sort))
    order.isUnsorted = false
    return order
  }

  /** Finds a row by its words, or by a value that one of them means, such as an address within a range. */
  private adder(query: MergedQuery, rows: PlacedRow[]): Order['add'] {
    const { search = '' } = query
    const isInTerms = termsTest(this.resource, query)
    const finders = new Finders(search)
    const add = (row: PlacedRow): void => {
      if (isInTerms?.(row) !== false) rows.push(row)
    }
    return (list, start) => {
      const finder = finders.on(this.names(list.serverId), this.resource)
      if (finder !== undefined) this.words.each(list, finder, add, start)
      else for (const row of start === 0 ? list.rows : list.rows.slice(start)) add(row)
    }
  }

  /** Rows that arrived since the last time, at the end. A list that was read again keeps its earlier rows here. */
  private takeNew({ serverIds }: MergedQuery, order: Order): void {
    const { rows, taken, add } = order
    const before = rows.length
    for (const serverId of serverIds) {
      const list = taken.get(serverId)?.list ?? this.store.list(serverId, this.resource)
      const start = taken.get(serverId)?.count ?? 0
      if (list === undefined || (start > 0 && start === list.rows.length)) continue
      add(list, start)
      taken.set(serverId, { list, count: list.rows.length })
    }
    order.isUnsorted ||= rows.length > before
  }

  private isOutdated({ serverIds }: MergedQuery, { taken, isUnsorted }: Order): boolean {
    const isCurrent = (id: ServerId): boolean => {
      const list = taken.get(id)?.list
      return list === undefined || list === this.store.list(id, this.resource)
    }
    return isUnsorted || !serverIds.every(isCurrent)
  }

  private compare({ key, descending }: NonNullable<MergedQuery['sort']>): Compare<PlacedRow> {
    const place = this.stored.places.get(key)
    const fields = fieldOrder(this.stored.fields)
    return byColumns<PlacedRow>(
      [{ key, descending }],
      ({ list, cells }) => {
        if (place !== undefined) return cells[place]
        return key === '@readAt' ? list.readAt : this.names(list.serverId)
      },
      () => (place === undefined ? compareNames : fields(key)),
    )
  }
}
