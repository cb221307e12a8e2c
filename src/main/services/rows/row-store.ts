import type { ServerId } from '@shared/domain/server'
import type { RowScope } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { RestoredList, StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** A row and the list that it is in, so that a table needs no object of its rows for each order. */
export interface PlacedRow extends StoredRow {
  readonly list: StoredList
}

/** What was read of one list of one server; another reading is another list. */
export interface StoredList {
  readonly serverId: ServerId
  readonly resource: MergedId
  readonly rows: PlacedRow[]
  /** The texts of the first rows for a search; the others are made when they are required. */
  readonly texts: string[]
  /** RFC 3339. */
  readonly readAt: string
  /** Address and user with which it is read: its rows are not for another one. */
  readonly account: string
  /** Set if the account does not see all of the server. */
  readonly scope?: RowScope
  /** Whether these are all rows of the server: false while they arrive, and after a reading that ended early. */
  isComplete: boolean
}

/** The texts of all rows for a search, in their order. */
export function textsOf({ resource, rows, texts }: StoredList): readonly string[] {
  if (texts.length < rows.length) {
    const { text } = storedFields(resource)
    for (let at = texts.length; at < rows.length; at += 1) {
      const row = rows[at]
      if (row !== undefined) texts.push(text(row))
    }
  }
  return texts
}

const placed = ({ id, cells, unread }: StoredRow, list: StoredList): PlacedRow => ({
  id,
  cells,
  ...(unread && { unread }),
  list,
})

const keyOf = (serverId: ServerId, resource: MergedId): string => `${resource}/${serverId}`

/**
 * The rows that were read of all servers. The first reading of a list can be seen while it arrives; a later one replaces
 * the rows when it is complete, so that a reading that fails loses nothing.
 */
export class RowStore {
  private readonly lists = new Map<string, StoredList>()
  /** The lists of running readings. */
  private readonly arriving = new Map<string, StoredList>()

  begin(serverId: ServerId, resource: MergedId, readAt: string, account: string, scope?: RowScope): void {
    const key = keyOf(serverId, resource)
    const about = { serverId, resource, readAt, account, ...(scope && { scope }) }
    const list: StoredList = { ...about, rows: [], texts: [], isComplete: false }
    this.arriving.set(key, list)
    if (!this.lists.has(key)) this.lists.set(key, list)
  }

  append(serverId: ServerId, resource: MergedId, rows: readonly StoredRow[]): void {
    const list = this.arriving.get(keyOf(serverId, resource))
    if (list === undefined) return
    for (const row of rows) list.rows.push(placed(row, list))
  }

  /** The reading is over; `isComplete` is false if the PBX counts more rows. Returns the list. */
  end(serverId: ServerId, resource: MergedId, isComplete: boolean): StoredList | undefined {
    const key = keyOf(serverId, resource)
    const list = this.arriving.get(key)
    this.arriving.delete(key)
    if (list === undefined) return undefined
    list.isComplete = isComplete
    this.lists.set(key, list)
    return list
  }

  /**
   * Takes over a list of an earlier run; false if another one was read or arrives. A first reading without rows yet may
   * fail, so it goes on as a later one does: unseen.
   */
  restore({ rows, ...about }: RestoredList): boolean {
    const key = keyOf(about.serverId, about.resource)
    const known = this.lists.get(key)
    if (known !== undefined && (known.isComplete || known.rows.length > 0)) return false
    const list: StoredList = { ...about, rows: [], texts: [], isComplete: true }
    for (const row of rows) list.rows.push(placed(row, list))
    this.lists.set(key, list)
    return true
  }

  /** The reading failed. Rows of an earlier one stay; those of a first one, too. */
  abandon(serverId: ServerId, resource: MergedId): void {
    const key = keyOf(serverId, resource)
    const list = this.arriving.get(key)
    this.arriving.delete(key)
    // The next reading is then a first one, which can be seen while it arrives.
    if (list?.rows.length === 0 && this.lists.get(key) === list) this.lists.delete(key)
  }

  forget(serverIds: readonly ServerId[]): void {
    const gone = new Set(serverIds)
    for (const lists of [this.lists, this.arriving])
      for (const [key, { serverId }] of lists) if (gone.has(serverId)) lists.delete(key)
  }

  list(serverId: ServerId, resource: MergedId): StoredList | undefined {
    return this.lists.get(keyOf(serverId, resource))
  }

  all(): readonly StoredList[] {
    return [...this.lists.values()]
  }
}
