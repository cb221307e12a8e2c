import type { ExportEntry, ExportFormat } from '@shared/domain/export'
import type { ListQuery, SortOf } from '@shared/domain/page'
import { compareNames } from '@shared/rows/order'
import { selectRows } from '@shared/rows/query'
import type { TableColumn } from '@/components/table/types'
import { localDateTime } from '@shared/format/time'
import { badgeText, formatText, resourceText } from './export-text'

/** An export as a row of the library's table. Texts are as shown, for searching and sorting. */
export type LibraryRow = { readonly id: string; readonly entry: ExportEntry; readonly exported_at: string } & {
  readonly [column in LibraryColumn]: string | number
}
type LibraryColumn =
  | 'server'
  | 'resource'
  | 'format'
  | 'rows'
  | 'bytes'
  | 'exported_at'
  | 'integrity'
  | 'user'
  | 'pbx_version'
  | 'address'
  | 'role'
  | 'file'

export interface LibraryFilters {
  /** The manifest's server id, or `none` for a file without one. */
  readonly server: string
  readonly format: '' | ExportFormat
  readonly age: '' | '1' | '7' | '30' | '365'
}
export const noLibraryFilters: LibraryFilters = { server: '', format: '', age: '' }

export const libraryColumns: readonly TableColumn<LibraryColumn>[] = [
  { key: 'server', label: 'Server', width: 160, kind: 'text', sortable: true, empty: 'Not known' },
  { key: 'resource', label: 'Content', width: 90, kind: 'text', sortable: true, empty: 'Not known' },
  { key: 'format', label: 'Format', width: 100, kind: 'text', sortable: true, empty: 'Not known' },
  { key: 'rows', label: 'Rows', width: 96, kind: 'number', sortable: true },
  { key: 'bytes', label: 'Size', width: 84, kind: 'number', sortable: true },
  { key: 'exported_at', label: 'Exported', width: 262, kind: 'time', sortable: true },
  { key: 'integrity', label: 'Integrity', width: 124, kind: 'text', sortable: true },
  { key: 'user', label: 'User', width: 110, kind: 'text', sortable: true, optional: true },
  { key: 'pbx_version', label: 'PBX', width: 120, kind: 'text', sortable: true, optional: true },
  { key: 'address', label: 'Address', width: 200, kind: 'text', sortable: true, optional: true },
  { key: 'role', label: 'Role', width: 130, kind: 'text', sortable: true, optional: true },
  { key: 'file', label: 'File', width: 300, kind: 'text', sortable: true, optional: true },
]

export function libraryRow(entry: ExportEntry): LibraryRow {
  const { manifest } = entry
  return {
    id: entry.id,
    entry,
    server: manifest?.server.name ?? '',
    address: manifest?.server.address.replace(/^https:\/\//, '') ?? '',
    resource: resourceText(manifest?.resource),
    format: formatText(manifest?.format),
    rows: manifest?.rows ?? '',
    bytes: entry.bytes,
    exported_at: manifest?.exportedAt ?? entry.modifiedAt,
    user: manifest?.user ?? '',
    role: manifest?.role ?? '',
    pbx_version: manifest?.pbxVersion ?? '',
    integrity: badgeText(entry).label,
    file: entry.file,
  }
}

/** The servers with exports in the library, by name, including removed ones. */
export function librarySources(
  entries: readonly ExportEntry[],
): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(
    entries.flatMap(({ manifest }) => (manifest ? [[manifest.server.id, manifest.server.name]] : [])),
  )
  const known = [...names].map(([id, name]) => ({ id, name })).sort((a, b) => compareNames(a.name, b.name))
  return entries.some(({ manifest }) => manifest === undefined) ? [...known, { id: 'none', name: 'Not known' }] : known
}

const day = 86_400_000

export function matchesFilters(row: LibraryRow, filters: LibraryFilters, now: number): boolean {
  const { manifest } = row.entry
  if (filters.server !== '' && (manifest?.server.id ?? 'none') !== filters.server) return false
  if (filters.format !== '' && manifest?.format !== filters.format) return false
  return filters.age === '' || Date.parse(row.exported_at) >= now - Number(filters.age) * day
}

const searched = [
  'server',
  'address',
  'resource',
  'format',
  'user',
  'pbx_version',
  'integrity',
  'file',
] as const satisfies readonly LibraryColumn[]

const newestFirst: SortOf<LibraryColumn> = { key: 'exported_at', descending: true }

/** The rows that match a query, in its order; by default the newest first. */
export const matchingRows = (
  rows: readonly LibraryRow[],
  { sort = newestFirst, ...query }: ListQuery,
): readonly LibraryRow[] =>
  selectRows(
    rows,
    { ...query, sort },
    {
      searchMode: 'all',
      searched: (row) => [...searched.map((key) => row[key]), localDateTime(row.exported_at)],
      order: () => compareNames,
    },
  )
