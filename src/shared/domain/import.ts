import { z } from 'zod'
import { fileLimits } from '../limits/files'
import type { FieldSpec } from '../resources/field'
import type { Guard } from './write'

/** The field key for each column of the file, or null to leave the column out. */
export const importMappingSchema = z
  .array(z.string().max(100).nullable())
  .min(1)
  .max(fileLimits.import.columns)
  .readonly()
export type ImportMapping = z.infer<typeof importMappingSchema>

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
  readonly notes: readonly string[]
}

/**
 * Result for a row in the preview: `create`, `skip` (already in place), `conflict` (exists with other values), `wrong`
 * (cannot be sent).
 */
export const importStates = ['create', 'wrong', 'conflict', 'skip'] as const
export type ImportState = (typeof importStates)[number]

/** The preview of an import. `counts` are of the rows that `imports:rows` returns. */
export interface ImportPlan {
  readonly counts: Readonly<Record<ImportState, number>>
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
  readonly [key: string]: unknown
}

/** Shown instead of a secret value. */
export const maskedValue = '••••••••'
