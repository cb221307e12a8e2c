import { z } from 'zod'
import { resourceIds } from '../resources/ids'
import { listQuerySchema } from './page'
import { serverIdSchema } from './server'

/** `native` is the PBX's own file (GET /ip_filters/export), its bytes kept as they came. */
export const exportFormats = ['native', 'csv', 'xlsx', 'jsonl'] as const
export const exportFormatSchema = z.enum(exportFormats)
export type ExportFormat = z.infer<typeof exportFormatSchema>

/** What can be exported: the described resources, and the assignments of all trunks in one list. */
export const exportResources = ['trunk-assignments', ...resourceIds] as const
export const exportResourceSchema = z.enum(exportResources)
export type ExportResource = z.infer<typeof exportResourceSchema>

/** Which rows: all, those that a list's query matches, or the chosen ones by their ids. `native` takes `all` only. */
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

/** A list of which the PBX returned fewer rows than it counts: `operation` names it. */
export const incompleteReadSchema = z.object({
  operation: z.string().max(200),
  read: z.int().min(0),
  expected: z.int().min(1),
})
export type IncompleteRead = z.infer<typeof incompleteReadSchema>

/**
 * The manifest that stands beside an export, `<file>.manifest.json`: where the rows came from and what the file's bytes were. `sha256` is
 * lower-case hex over the file, `bytes` its length, `rows` absent for a native file that could not be read as a table. `incomplete` is there if rows are
 * missing. Times are RFC 3339.
 */
export const exportManifestSchema = z.object({
  version: z.literal(1),
  id: z.uuid(),
  file: z.string().min(1),
  /** The name that the PBX gave its own file, when it was not used as it came. */
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
 * One export of the library. `integrity` is `unchecked` until the hash was compared; a file from elsewhere has no manifest and stays
 * `unknown`. `missing` means that the manifest stands there without its file.
 */
export interface ExportEntry {
  readonly id: string
  readonly file: string
  readonly manifest?: ExportManifest
  readonly bytes: number
  readonly modifiedAt: string
  readonly integrity: 'unchecked' | 'intact' | 'altered' | 'missing' | 'unknown'
}

/** An export opened for reading; rows are then asked for page by page with the same queries as a server's list. */
export interface OpenedExport {
  readonly viewId: string
  readonly entry: ExportEntry
  readonly columns: readonly ExportColumn[]
  readonly count: number
  /** Shown above the table: what could not be read as it stands, for example a line with too many cells. */
  readonly notes: readonly string[]
}

/**
 * A row of an opened export: text by column key, and in `row` its place in the file, from 0. The place identifies it: an id of the PBX may stand there
 * twice, or not at all.
 */
export interface ExportRow {
  readonly row: string
  readonly [key: string]: string
}
