import { toRaw } from 'vue'
import type { RecordPage } from '@shared/domain/record'
import type { Row } from './types'

interface Unread {
  readonly keys: readonly string[]
  readonly operation: string
}

/** Not in the rows themselves, whose keys are the names of the API. */
const unreadOf = new WeakMap<object, Unread>()

/** Notes which cells of a row that `operation` returned have a value that was not understood. */
export function markUnreadRow(row: Row, keys: readonly string[], operation: string): void {
  if (keys.length > 0) unreadOf.set(row, { keys, operation })
}

/** Notes which cells of a page that `operation` returned have a value that was not understood. */
export function markUnread({ items, unread = {} }: RecordPage, operation: string): void {
  for (const row of items) markUnreadRow(row, unread[String(row['id'])] ?? [], operation)
}

/** The operation that returned an unexpected value for this cell; undefined for any other cell. */
export function unreadSource(row: Row, key: string): string | undefined {
  const unread = unreadOf.get(toRaw(row))
  return unread?.keys.includes(key) === true ? unread.operation : undefined
}
