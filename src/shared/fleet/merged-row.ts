import type { ServerId } from '../domain/server'

/**
 * A row of a merged table: values by field key, dotted inside objects. No field of the API begins like the other keys:
 * what identifies the row among those of all servers, the server, the record's ID on it, when it was read, and the
 * fields whose value did not have the documented type.
 */
export interface MergedRow {
  readonly '@id': string
  readonly '@server': ServerId
  readonly '@serverName': string
  readonly '@record': string
  readonly '@readAt': string
  readonly '@unread'?: readonly string[]
  readonly [key: string]: unknown
}

export const mergedRowId = (serverId: ServerId, recordId: string): string => `${serverId}/${recordId}`
