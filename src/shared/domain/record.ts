import { z } from 'zod'
import type { FieldError } from '../ipc/result'
import type { Page } from './page'
import type { Guard } from './write'
import { listIds, resourceIds } from '../resources/ids'

export const resourceIdSchema = z.enum(resourceIds)
export const listIdSchema = z.enum(listIds)

/** A row of a list, or a single resource, as the API has it, without its secrets. */
export interface PbxRecord {
  readonly [key: string]: unknown
}

/** Rows of a list. `unread` names, by the ID of a row, its fields whose value was not of the documented type. */
export interface RecordPage extends Page<PbxRecord> {
  readonly unread?: Readonly<Record<string, readonly string[]>>
}

/** `stored` names secrets that the server has: their values do not cross. `other` names fields that this app does not know, `unread` those whose value was not of the documented type: they have no value here, and are not sent unless they are changed. */
export interface RecordView {
  readonly values: PbxRecord
  readonly stored: readonly string[]
  readonly other: readonly string[]
  readonly unread: readonly string[]
  /** RFC 3339. */
  readonly readAt: string
}

/** Values of a form by field key, dotted inside objects. Main checks each against the resource's fields. */
export const recordValuesSchema = z.record(z.string().max(100), z.json())
export type RecordValues = z.infer<typeof recordValuesSchema>

/** What would come of a write: `problems` are wrong values that only the server's other data show, by field; nothing is sent with them. `guards` stop it until they are overridden by typing, `warnings` are only shown, and `notes` what could not be looked at. `overlaps` are others that take in some of the same: the first rows, and how many. */
export interface RecordCheck {
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
  readonly problems?: readonly FieldError[]
  readonly notes?: readonly string[]
  readonly overlaps?: { readonly rows: readonly PbxRecord[]; readonly count: number }
}
