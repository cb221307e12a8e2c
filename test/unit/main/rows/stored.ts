import type { MergedQuery } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { RowStore } from '@main/services/rows/row-store'
import { storedFields } from '@main/services/rows/stored-fields'
import type { StoredRow } from '@main/services/rows/stored-row'

export const readAt = '2026-11-27T12:00:00.000Z'

/** A row as it is stored; fields that are not in `values` are blank. */
export function stored(
  resource: MergedId,
  id: string,
  values: Readonly<Record<string, unknown>> = {},
  unread: readonly string[] = [],
): StoredRow {
  const cells = storedFields(resource).fields.map(({ key }) => (key === 'id' ? id : (values[key] ?? null)))
  return { id, cells, ...(unread.length > 0 && { unread }) }
}

export const tenant = (id: string, name: string, more: Readonly<Record<string, unknown>> = {}): StoredRow =>
  stored('tenants', id, { name, ...more })
export const rule = (id: string, cidr: string, target = 'DENY', expiresAt?: string): StoredRow =>
  stored('ip-rules', id, { cidr, target, ...(expiresAt && { expire_at: expiresAt }) })
export const assignment = (id: string, numbers: string, more: Readonly<Record<string, unknown>> = {}): StoredRow =>
  stored('trunk-assignments', id, { did_numbers: numbers, ...more })

export const accountOf = (serverId: string): string => `account of ${serverId}`

/** A complete reading. */
export function read(
  store: RowStore,
  serverId: string,
  resource: MergedId,
  rows: readonly StoredRow[],
  at = readAt,
  account = accountOf(serverId),
): void {
  store.begin(serverId, resource, at, account)
  store.append(serverId, resource, rows)
  store.end(serverId, resource, true)
}

export const query = (more: Partial<MergedQuery> = {}): MergedQuery => ({ serverIds: ['a', 'b'], epoch: 0, ...more })
