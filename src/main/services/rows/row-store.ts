import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'

/** What was read of one list of one server; another reading is another list. */
export interface StoredList {
  readonly serverId: ServerId
  readonly resource: MergedId
  readonly rows: StoredRow[]
  /** The texts of the first rows for a search; the others are made when they are required. */
  readonly texts: string[]
  /** For each of the texts, the lengths of its values as bits; the last bit is for all longer ones. */
  readonly lengths: number[]
  /** RFC 3339. */
  readonly readAt: string
}

/** The bit of values with this length. */
export const lengthBit = (length: number): number => 1 << Math.min(length, 30)

function lengthsIn(text: string): number {
  let bits = 0
  for (let start = 1, end = text.indexOf('\u0000', 1); end >= 0; end = text.indexOf('\u0000', start)) {
    bits |= lengthBit(end - start)
    start = end + 1
  }
  return bits
}

/** The texts of all rows for a search, in their order. */
export function textsOf({ resource, rows, texts, lengths }: StoredList): readonly string[] {
  if (texts.length < rows.length) {
    const { text } = storedFields(resource)
    for (let at = texts.length; at < rows.length; at += 1) {
      const row = rows[at]
      if (row === undefined) continue
      const made = text(row)
      texts.push(made)
      lengths.push(lengthsIn(made))
    }
  }
  return texts
}

const keyOf = (serverId: ServerId, resource: MergedId): string => `${resource}/${serverId}`

/**
 * The rows that were read of all servers. The first reading of a list can be seen while it arrives; a later one replaces
 * the rows when it is complete, so that a reading that fails loses nothing.
 */
export class RowStore {
  private readonly lists = new Map<string, StoredList>()
  private readonly pending = new Map<string, StoredList>()

  begin(serverId: ServerId, resource: MergedId, readAt: string): void {
    const key = keyOf(serverId, resource)
    const list = { serverId, resource, rows: [], texts: [], lengths: [], readAt }
    if (this.lists.has(key)) this.pending.set(key, list)
    else this.lists.set(key, list)
  }

  append(serverId: ServerId, resource: MergedId, rows: readonly StoredRow[]): void {
    const key = keyOf(serverId, resource)
    const list = this.pending.get(key) ?? this.lists.get(key)
    for (const row of rows) list?.rows.push(row)
  }

  /** The reading is complete. */
  end(serverId: ServerId, resource: MergedId): void {
    const key = keyOf(serverId, resource)
    const list = this.pending.get(key)
    if (list !== undefined) this.lists.set(key, list)
    this.pending.delete(key)
  }

  /** The reading failed. Rows of an earlier one stay; those of a first one, too. */
  abandon(serverId: ServerId, resource: MergedId): void {
    this.pending.delete(keyOf(serverId, resource))
  }

  forget(serverIds: readonly ServerId[]): void {
    const gone = new Set(serverIds)
    for (const lists of [this.lists, this.pending])
      for (const [key, { serverId }] of lists) if (gone.has(serverId)) lists.delete(key)
  }

  list(serverId: ServerId, resource: MergedId): StoredList | undefined {
    return this.lists.get(keyOf(serverId, resource))
  }

  all(): readonly StoredList[] {
    return [...this.lists.values()]
  }
}
