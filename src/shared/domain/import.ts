import { z } from 'zod'
import { fileLimits } from './file-limits'
import type { FieldSpec } from '../resources/field'
import type { Guard } from './write'

/** For each column of the file the key of a field, or null to leave it out. */
export const importMappingSchema = z
  .array(z.string().max(100).nullable())
  .min(1)
  .max(fileLimits.import.columns)
  .readonly()
export type ImportMapping = z.infer<typeof importMappingSchema>

/** A column of the file. `samples` are its first cells; absent where they could be a secret. */
export interface ImportColumn {
  readonly name: string
  readonly samples?: readonly string[]
}

/**
 * A file that was read: `mapping` is what its header names suggest, `fields` those that this server takes. `notes` say what of the file does not
 * stand as it should, for example rows with too many cells.
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

/** What would become of a row: `create`, `skip` (it is there already), `conflict` (it is there with other values), `wrong` (it cannot be sent). */
export const importStates = ['create', 'wrong', 'conflict', 'skip'] as const
export type ImportState = (typeof importStates)[number]

/** What an import would do. `counts` are of the rows that `imports:rows` gives. */
export interface ImportPlan {
  readonly counts: Readonly<Record<ImportState, number>>
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  /** RFC 3339: when it was compared with the server. */
  readonly checkedAt: string
}

/**
 * A row of the plan: `row` is its line in a spreadsheet, the header being 1; the others are values by field key as text, secrets masked. `reason` says
 * why it is in its state.
 */
export interface ImportRow {
  readonly id: string
  readonly row: number
  readonly state: ImportState
  readonly reason: string
  readonly [key: string]: unknown
}

/** Stands for the value of a secret. */
export const maskedValue = '••••••••'
