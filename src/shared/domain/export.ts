import { z } from 'zod'
import { resourceIds } from '../resources/ids'
import { listQuerySchema } from './page'
import { serverIdSchema } from './server'

/** `native` is the PBX's own file (GET /ip_filters/export), byte for byte. */
export const exportFormats = ['native', 'csv', 'xlsx', 'jsonl'] as const
export const exportFormatSchema = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What can be exported: the described resources, and all trunk assignments in one list. */
export const exportResources = ['trunk-assignments', ...resourceIds] as const
export const exportResourceSchema = z.enum(exportResources)
export type ExportResource = z.infer<typeof exportResourceSchema>

/** The rows to export: all, those of a query, or the selected ones by ID. `native` supports only `all`. */
export const exportScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('filtered'), query: listQuerySchema }),
  z.object({ kind: z.literal('selection'), ids: z.array(z.string().min(1)).min(1).max(100_000).readonly() }),
])
export type ExportScope = z.infer<typeof exportScopeSchema>

export const exportRequestSchema = z.object({
  serverId: serverIdSchema,
  resource: exportResourceSchema,
  format: exportFormatSchema,
  scope: exportScopeSchema,
})
export type ExportRequest = z.infer<typeof exportRequestSchema>

export const exportColumnSchema = z.object({ key: z.string(), label: z.string() })
export type ExportColumn = z.infer<typeof exportColumnSchema>

/** A list of which the PBX returned fewer rows than it counts, with its operation. */
export const incompleteReadSchema = z.object({
  operation: z.string().max(200),
  read: z.int().min(0),
  expected: z.int().min(1),
})
export type IncompleteRead = z.infer<typeof incompleteReadSchema>

/**
 * The manifest of an export, `<file>.manifest.json`: the origin of the rows and the hash of the file. `sha256` is
 * lower-case hex, `bytes` the length of the file, `rows` undefined for a native file that is no readable table.
 * `incomplete` is set if rows are missing. Times are RFC 3339.
 */
export const exportManifestSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  file: z.string().min(1),
  /** The file name from the PBX, if another one was used. */
  originalName: z.string().optional(),
  resource: exportResourceSchema,
  format: exportFormatSchema,
  server: z.object({ id: z.string(), name: z.string(), address: z.string() }),
  user: z.string(),
  role: z.string(),
  pbxVersion: z.string(),
  exportedAt: z.string(),
  scope: exportScopeSchema,
  rows: z.int().min(0).optional(),
  incomplete: incompleteReadSchema.optional(),
  columns: z.array(exportColumnSchema).readonly(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
})
export type ExportManifest = z.infer<typeof exportManifestSchema>

/**
 * An export of the library. `integrity` is `unchecked` until the hash was compared; a file without a manifest remains
 * `unknown`. `missing` means that there is a manifest without its file.
 */
export interface ExportEntry {
  readonly id: string
  readonly file: string
  readonly manifest?: ExportManifest
  readonly bytes: number
  readonly modifiedAt: string
  readonly integrity: 'unchecked' | 'intact' | 'altered' | 'missing' | 'unknown'
}

/** An opened export, whose rows are read page by page with the same queries as a server's list. */
export interface OpenedExport {
  readonly viewId: string
  readonly entry: ExportEntry
  readonly columns: readonly ExportColumn[]
  readonly count: number
  /** Shown above the table: irregularities of the file, for example a line with too many cells. */
  readonly notes: readonly string[]
}

/**
 * A row of an opened export: text by column key, and in `row` its position in the file, from 0. The position identifies
 * it, because an ID of the PBX may occur twice or be missing.
 */
export interface ExportRow {
  readonly row: string
  readonly [key: string]: string
}
