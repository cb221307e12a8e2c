import { setImmediate } from 'node:timers/promises'
import { importStates, type ImportPlan, type ImportState } from '@shared/domain/import'
import { apiTime } from '@shared/domain/real-date'
import { localDateTime } from '@shared/format/time'
import type { FormValues } from '@shared/resources/nested'
import { plainText } from '@shared/text/plain-text'
import { differenceText, type Known } from '../lists/on-server'
import type { ListTarget, RowNote } from '../lists/target'
import type { FileRow } from './read-import'
import { rowValues, type MappedColumn } from './row-values'

/** What becomes of a row, and why. */
export interface RowState {
  readonly state: ImportState
  readonly reason: string
  /** A safety check stops it, or it contains private addresses, or it has expired. */
  readonly isFlagged?: boolean
  /** What is wrong with its values, by field key. */
  readonly problems?: Readonly<Record<string, string>>
  /** It is left out because it has expired, and not by the user. */
  readonly isExpired?: boolean
}

export const excluded: RowState = { state: 'excluded', reason: 'Removed in the preview' }

export function countStates(states: readonly RowState[]): Pick<ImportPlan, 'counts' | 'flagged' | 'expired'> {
  const counts = Object.fromEntries(importStates.map((state) => [state, 0])) as Record<ImportState, number>
  for (const { state } of states) counts[state] += 1
  const flagged = states.filter(({ state, isFlagged }) => state === 'create' && isFlagged === true).length
  return { counts, flagged, expired: states.filter(({ isExpired }) => isExpired === true).length }
}

/** Rows that are checked before other work of the app gets its turn. */
const batchSize = 500

/** What the end of a record means if it is over; undefined if it has none, or a later one. */
function expiredText({ fields, singular }: ListTarget, values: FormValues, now: number): string | undefined {
  const end = fields.flatMap((field) => (field.kind === 'time' && field.isEnd ? plainText(values[field.key]) : []))[0]
  if (end === undefined || !(apiTime(end) <= now)) return undefined
  return `Expired ${localDateTime(end)}. A ${singular} has no effect after it expires`
}

/** Rows that are one and the same as an earlier row of the file. */
function repeated(target: ListTarget, first: FormValues, line: number, values: FormValues): RowState {
  const differs = differenceText(target, values, first)
  if (differs === '') return { state: 'skip', reason: `Same as row ${line}` }
  return { state: 'conflict', reason: `Row ${line} is the same ${target.singular} with other values. ${differs}` }
}

export interface RowsRequest {
  readonly target: ListTarget
  readonly rows: readonly FileRow[]
  readonly columns: readonly MappedColumn[]
  readonly signal: AbortSignal
  /** Milliseconds; rows that expired before are left out unless the user added them. */
  readonly now: number
}

export interface FreshRow extends Known {
  readonly note: string
  readonly isFlagged: boolean
}

const withNote = (row: FreshRow, added: RowNote | undefined): FreshRow =>
  added === undefined
    ? row
    : {
        ...row,
        note: [added.text, row.note].filter((text) => text !== '').join('. '),
        isFlagged: row.isFlagged || added.isWarning,
      }

interface CheckedRows {
  /** Rows that cannot be sent, by their place. */
  readonly states: ReadonlyMap<number, RowState>
  /** The others. */
  readonly fresh: readonly FreshRow[]
  /** The same by what a record on the server may have in common with them. */
  readonly wanted: ReadonlyMap<string, Known>
}

/** Each row checked by the resource's description and against the other rows of the file. */
export async function checkRows({ target, rows, columns, signal, now }: RowsRequest): Promise<CheckedRows> {
  const states = new Map<number, RowState>()
  const fresh: FreshRow[] = []
  const wanted = new Map<string, Known>()
  for (const [at, row] of rows.entries()) {
    if (at % batchSize === 0) await setImmediate()
    signal.throwIfAborted()
    if (row.isExcluded === true) {
      states.set(at, excluded)
      continue
    }
    const read = rowValues(target, columns, row)
    if (!read.ok) {
      states.set(at, { state: 'wrong', reason: read.reason, problems: read.problems })
      continue
    }
    const expired = expiredText(target, read.values, now)
    if (expired !== undefined && row.isExcluded === undefined) {
      states.set(at, { state: 'excluded', reason: expired, isExpired: true })
      continue
    }
    const keys = target.conflictKeys(read.values)
    const earlier = keys.map((key) => wanted.get(key)).find((each) => each !== undefined)
    if (earlier !== undefined) {
      states.set(at, repeated(target, earlier.values, rows[earlier.at]?.line ?? 0, read.values))
      continue
    }
    const note = [expired, read.note].filter((text) => text !== undefined).join('. ')
    const known = { at, values: read.values, note, isFlagged: read.isFlagged || expired !== undefined }
    for (const key of keys) wanted.set(key, known)
    fresh.push(known)
  }
  const notes = target.rowNotes?.(fresh.map(({ at, values }) => ({ at, values, line: rows[at]?.line ?? 0 })))
  return { states, fresh: fresh.map((row) => withNote(row, notes?.get(row.at))), wanted }
}
