import { z } from 'zod'
import { fileLimits } from '../limits/files'
import { listIdSchema } from './record'
import type { FieldSpec } from '../resources/field'
import type { Guard } from './write'

/** The field key for each column of the file, or null to leave the column out. */
export const importMappingSchema = z
  .array(z.string().max(100).nullable())
  .min(1)
  .max(fileLimits.import.columns)
  .readonly()
export type ImportMapping = z.infer<typeof importMappingSchema>

/** Values for fields without a column, the same in every row, as they would stand in a cell. */
export const importFixedSchema = z.record(z.string().max(100), z.string().max(fileLimits.import.cellLength))
export type ImportFixed = z.infer<typeof importFixedSchema>

/** What the rows of a file are set to. */
export interface ImportSetup {
  readonly mapping: ImportMapping
  readonly fixed?: ImportFixed | undefined
}

/**
 * A change of rows in the preview: new texts for fields of a row, or whether rows are left out. Without `rows`, all
 * flagged rows are left out, or all that have expired are added.
 */
export const importChangeSchema = z.object({
  rows: z.array(z.string().max(20)).min(1).max(1000).optional(),
  values: z.record(z.string().max(100), z.string().max(fileLimits.import.cellLength)).optional(),
  isExcluded: z.boolean().optional(),
})
export type ImportChange = z.infer<typeof importChangeSchema>

/** What rows from the clipboard have as the name of their file. */
export const copiedName = 'Clipboard'

/** What may separate the cells of a file. */
export const separators = [',', ';', '\t', '|'] as const
export type Separator = (typeof separators)[number]

/** An import of servers into the workspace, beside those of the lists of a PBX. */
export const serversImport = 'servers'
export const importOfSchema = z.union([listIdSchema, z.literal(serversImport)])
export type ImportOf = z.infer<typeof importOfSchema>

/** What became of an import of servers. `failed` are those whose password was not saved, with the reason. */
export interface AddedServers {
  readonly added: number
  readonly passwords: number
  readonly failed: readonly { readonly serverName: string; readonly message: string }[]
}

/** The column that names the server of each row, beside the fields of the resource. */
export const serverKey = '@server'

/** A column of the file. `samples` are its first cells; undefined if they might contain a secret. */
export interface ImportColumn {
  readonly name: string
  readonly samples?: readonly string[]
}

/**
 * A file that was read: `mapping` is derived from its header, `fields` are those that this server supports. `notes`
 * report irregularities, for example rows with too many cells.
 */
export interface ImportFile {
  readonly importId: string
  readonly file: string
  readonly rows: number
  readonly columns: readonly ImportColumn[]
  readonly fields: readonly FieldSpec[]
  readonly mapping: ImportMapping
  /** Whether the first row names the columns; undefined for a list of addresses, which has no such row. */
  readonly isFirstRowHeader?: boolean
  /** What separates its cells; undefined for a list of addresses. */
  readonly separator?: string
  /** A workbook or JSON, which needs no separator. */
  readonly isStructured?: true
  /** What was detected to separate its cells, empty for a list: it may be selected again beside `separators`. */
  readonly detected: string
  readonly notes: readonly string[]
}

/**
 * Result for a row in the preview: `create`, `skip` (a record on the server or an earlier row is the same), `conflict` (exists with other values), `wrong`
 * (cannot be sent), `readOnly` (nothing is sent to its server), `excluded` (the user left it out, or it has expired).
 */
export const importStates = ['create', 'wrong', 'readOnly', 'conflict', 'skip', 'excluded'] as const
export type ImportState = (typeof importStates)[number]

/** The preview of an import. `counts` are of the rows that `imports:rows` returns. */
export interface ImportPlan {
  readonly counts: Readonly<Record<ImportState, number>>
  /** Rows to be created that a safety check stops, that contain private addresses, or that have expired. */
  readonly flagged: number
  /** Rows left out because they have expired. */
  readonly expired: number
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  /** RFC 3339; when it was compared with the server. */
  readonly checkedAt: string
}

/**
 * A row of the import: `row` is its line in a spreadsheet, where the header is 1; the others are values as text by
 * field key, with masked secrets. `reason` explains its state.
 */
export interface ImportRow {
  readonly id: string
  readonly row: number
  readonly state: ImportState
  readonly reason: string
  readonly flagged: boolean
  /** It has more cells than the file has columns, so that none is known to be in its column. */
  readonly isShifted: boolean
  /** It is left out because it has expired, and not by the user: a later end is enough to import it. */
  readonly isExpired: boolean
  /** What is wrong with its values, by field key; also in `reason`. */
  readonly problems: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/** Shown instead of a secret value. */
export const maskedValue = '••••••••'
