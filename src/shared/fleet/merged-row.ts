import type { ServerId } from '../domain/server'
import { ownTenant } from '../resources/own-tenant'
import type { MergedId } from './merged-ids'

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

/** The record of a row of `tenants` that is the own tenant of the account: it has a page of its server, and no list there. */
export const ownTenantRowId = ownTenant.id

export const isOwnTenantRow = (resource: MergedId, recordId: string): boolean =>
  resource === 'tenants' && recordId === ownTenantRowId

export const mergedRowId = (serverId: ServerId, recordId: string): string => `${serverId}/${recordId}`
