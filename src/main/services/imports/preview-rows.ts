import { setImmediate } from 'node:timers/promises'
import type { ImportState } from '@shared/domain/import'
import type { FormValues } from '@shared/resources/nested'
import { differenceText, onServer, present, type Known } from '../lists/on-server'
import { rememberingReader } from '../lists/remembering-reader'
import { rowValues, type MappedColumn } from './row-values'
import type { FileRow } from './read-import'
import type { CheckContext, Harm, ListTarget, NewRecord } from '../lists/target'

/** What becomes of a row, and why. */
export interface RowState {
  readonly state: ImportState
  readonly reason: string
}

/** Rows that are checked before other work of the app gets its turn. */
const batchSize = 500

/** Rows that are one and the same as an earlier row of the file. */
function repeated(target: ListTarget, first: FormValues, line: number, values: FormValues): RowState {
  const differs = differenceText(target, values, first)
  if (differs === '') return { state: 'skip', reason: `Same as row ${line}` }
  return { state: 'conflict', reason: `Row ${line} is the same ${target.singular} with other values. ${differs}` }
}

export interface PreviewRequest {
  readonly target: ListTarget
  readonly rows: readonly FileRow[]
  readonly columns: readonly MappedColumn[]
  readonly context: CheckContext
}

export interface Previewed extends Pick<Harm, 'guards' | 'warnings'> {
  readonly states: ReadonlyMap<number, RowState>
}

/** The preview: each row checked by the resource's description, against the other rows of the file, and against the server. */
export async function previewRows({ target, rows, columns, context }: PreviewRequest): Promise<Previewed> {
  const states = new Map<number, RowState>()
  const fresh: (Known & { readonly note?: string })[] = []
  const wanted = new Map<string, Known>()
  for (const [at, row] of rows.entries()) {
    if (at % batchSize === 0) await setImmediate()
    context.signal.throwIfAborted()
    const read = rowValues(target, columns, row)
    if (!read.ok) {
      states.set(at, { state: 'wrong', reason: read.reason })
      continue
    }
    const keys = target.conflictKeys(read.values)
    const earlier = keys.map((key) => wanted.get(key)).find((each) => each !== undefined)
    if (earlier !== undefined) {
      states.set(at, repeated(target, earlier.values, rows[earlier.at]?.line ?? 0, read.values))
      continue
    }
    const known = { at, values: read.values, ...(read.note !== undefined && { note: read.note }) }
    for (const key of keys) wanted.set(key, known)
    fresh.push(known)
  }
  const { found, kept } = await onServer(target, context, wanted)
  const creating: NewRecord[] = []
  for (const { at, values, note = '' } of fresh) {
    const there = found.get(at)
    states.set(at, there === undefined ? { state: 'create', reason: note } : present(target, values, there))
    if (there === undefined) creating.push({ at, line: rows[at]?.line ?? 0, values })
  }
  const harm = await target.harm({ ...context, client: rememberingReader(context.client) }, creating, kept)
  for (const [at, mark] of harm.marks) states.set(at, { state: 'create', reason: mark })
  for (const [at, reason] of harm.problems ?? []) states.set(at, { state: 'wrong', reason })
  return { states, guards: harm.guards, warnings: harm.warnings }
}
