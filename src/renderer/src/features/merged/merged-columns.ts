import type { MergedId } from '@shared/fleet/merged-ids'
import { exportedOf } from '@shared/resources/exported'
import { columnsOf, type TableColumn } from '@/components/table/types'

const server: TableColumn = { key: '@serverName', label: 'Server', kind: 'text', width: 164, sortable: true }
const readAt: TableColumn = { key: '@readAt', label: 'Read', kind: 'time', width: 100, sortable: true }

/** With two more columns than on their server, rules fit into a small window. */
const widths: { readonly [resource in MergedId]?: Readonly<Record<string, number>> } = {
  'ip-rules': { cidr: 184, target: 92, expire_at: 232, description: 128 },
}

/** Settings have too many fields for one table: the first ones are shown, the others can be. */
const shownSettings = 6

/** The columns of a merged table: the server and when it was read, so that the age of a row is in sight, then the resource's own. */
export function mergedColumns(resource: MergedId): readonly TableColumn[] {
  const { fields, single } = exportedOf(resource)
  const own = columnsOf(
    fields,
    (field) => single || field.inTable !== undefined || isTextOfAssignment(resource, field.key),
  )
  const columns = own.map((column, at): TableColumn => {
    const sorted = { ...column, width: widths[resource]?.[column.key] ?? column.width, sortable: true }
    return single && at >= shownSettings ? { ...sorted, optional: true } : sorted
  })
  return [server, readAt, ...columns]
}

const isTextOfAssignment = (resource: MergedId, key: string): boolean =>
  resource === 'trunk-assignments' && /_(name|domain)$/.test(key)

/** The columns of an export: everything that a list has. */
export const savedColumns = (resource: MergedId): readonly string[] => [
  server.key,
  ...exportedOf(resource).fields.flatMap(({ key, detailOnly }) => (detailOnly === true ? [] : [key])),
  readAt.key,
]
