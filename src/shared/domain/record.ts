import { z } from 'zod'
import type { FieldError } from '../ipc/result'
import type { Page } from './page'
import type { Guard } from './write'
import { listIds, resourceIds } from '../resources/ids'

export const resourceIdSchema = z.enum(resourceIds)
export const listIdSchema = z.enum(listIds)

/** A row of a list or a single resource, as in the API but without secrets. */
export interface PbxRecord {
  readonly [key: string]: unknown
}

/** Rows of a list. `unread` has, by row ID, the fields whose value did not have the documented type. */
export interface RecordPage extends Page<PbxRecord> {
  readonly unread?: Readonly<Record<string, readonly string[]>>
}

/**
 * `stored` names secrets that exist on the server; their values do not cross. `other` has fields that this app does not
 * know. `unread` names fields whose value did not have the documented type: they have no value here and are sent only
 * if changed.
 */
export interface RecordView {
  readonly values: PbxRecord
  readonly stored: readonly string[]
  readonly other: readonly string[]
  readonly unread: readonly string[]
  /** RFC 3339. */
  readonly readAt: string
}

/** Form values by field key, dotted for nested objects. Main checks each against the resource's fields. */
export const recordValuesSchema = z.record(z.string().max(100), z.json())
export type RecordValues = z.infer<typeof recordValuesSchema>

/**
 * Effects of a write. `problems` are values, by field, that are invalid because of other data on the server; they
 * prevent sending. `guards` block it until they are overridden by typing, `warnings` are only shown, and `notes` report
 * what could not be checked.
 * `overlaps` has the first overlapping records and their number.
 */
export interface RecordCheck {
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  readonly problems?: readonly FieldError[]
  readonly notes?: readonly string[]
  readonly overlaps?: { readonly rows: readonly PbxRecord[]; readonly count: number }
}
