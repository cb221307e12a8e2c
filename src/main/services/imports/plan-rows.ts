import { setImmediate } from 'node:timers/promises'
import type { ImportState } from '@shared/domain/import'
import { changedFields } from '@shared/resources/compare'
import { toForm, type FormValues } from '@shared/resources/nested'
import { valueText } from '@shared/resources/value-text'
import type { ListedRecord } from '../../portsip/records'
import { rememberingReader } from './remembering-reader'
import { rowValues, type MappedColumn } from './row-values'
import type { FileRow } from './read-import'
import type { Ahead, Harm, ImportTarget, RowAhead } from './target'

/** What becomes of a row, and why. */
export interface RowState {
  readonly state: ImportState
  readonly reason: string
}

/** Rows that are looked at before others of the app get their turn. */
const atOnce = 500

interface Known {
  readonly at: number
  readonly values: FormValues
}

const wordsOf = (target: ImportTarget, values: FormValues, other: FormValues): string =>
  changedFields(target.compared(values), values, other)
    .map((field) => `${field.label}: ${valueText(field, other[field.key]) || 'empty'}`)
    .join(', ')

/** Rows that are one and the same as an earlier row of the file. */
function repeated(target: ImportTarget, first: FormValues, line: number, values: FormValues): RowState {
  const differs = wordsOf(target, values, first)
  if (differs === '') return { state: 'skip', reason: `The same as row ${line}` }
  return { state: 'conflict', reason: `Row ${line} is the same ${target.one} with other values. ${differs}` }
}

/** Finds which rows are on the server already, reading its list once. */
async function onServer(
  target: ImportTarget,
  { client, signal }: Ahead,
  wanted: ReadonlyMap<string, Known>,
): Promise<{ readonly found: ReadonlyMap<number, FormValues>; readonly kept: readonly ListedRecord[] }> {
  const found = new Map<number, FormValues>()
  const kept: ListedRecord[] = []
  for await (const page of target.existing(client, signal)) {
    for (const record of page) {
      if (target.keeps?.(record) === true) kept.push(record)
      const form = toForm(target.fields, record)
      for (const identity of target.identities(form)) {
        const row = wanted.get(identity)
        if (row === undefined) continue
        const whole =
          target.whole === undefined ? form : toForm(target.fields, await target.whole(client, record.id, signal))
        const before = found.get(row.at)
        // Of several alike, one that is identical counts.
        if (before === undefined || wordsOf(target, row.values, before) !== '') found.set(row.at, whole)
      }
    }
  }
  return { found, kept }
}

function present(target: ImportTarget, values: FormValues, there: FormValues): RowState {
  const differs = wordsOf(target, values, there)
  return differs === ''
    ? { state: 'skip', reason: 'Already on the server' }
    : { state: 'conflict', reason: `On the server with other values. ${differs}` }
}

export interface PlanRequest {
  readonly target: ImportTarget
  readonly rows: readonly FileRow[]
  readonly columns: readonly MappedColumn[]
  /** Places of the rows that are planned. */
  readonly scope: readonly number[]
  readonly ahead: Ahead
}

export interface Planned extends Pick<Harm, 'guards' | 'warnings'> {
  readonly states: ReadonlyMap<number, RowState>
}

/** The dry run: each row checked by the resource's description, against the others of the file, and against what the server holds. */
export async function planRows({ target, rows, columns, scope, ahead }: PlanRequest): Promise<Planned> {
  const states = new Map<number, RowState>()
  const fresh: (Known & { readonly note?: string })[] = []
  const wanted = new Map<string, Known>()
  for (const [turn, at] of scope.entries()) {
    if (turn % atOnce === 0) await setImmediate()
    ahead.signal.throwIfAborted()
    const row = rows[at]
    if (row === undefined) continue
    const read = rowValues(target, columns, row)
    if (!read.ok) {
      states.set(at, { state: 'wrong', reason: read.reason })
      continue
    }
    const identities = target.identities(read.values)
    const earlier = identities.map((identity) => wanted.get(identity)).find((each) => each !== undefined)
    if (earlier !== undefined) {
      states.set(at, repeated(target, earlier.values, rows[earlier.at]?.line ?? 0, read.values))
      continue
    }
    const known = { at, values: read.values, ...(read.note !== undefined && { note: read.note }) }
    for (const identity of identities) wanted.set(identity, known)
    fresh.push(known)
  }
  const { found, kept } = await onServer(target, ahead, wanted)
  const creating: RowAhead[] = []
  for (const { at, values, note = '' } of fresh) {
    const there = found.get(at)
    states.set(at, there === undefined ? { state: 'create', reason: note } : present(target, values, there))
    if (there === undefined) creating.push({ at, line: rows[at]?.line ?? 0, values })
  }
  const harm = await target.harm({ ...ahead, client: rememberingReader(ahead.client) }, creating, kept)
  for (const [at, mark] of harm.marks) states.set(at, { state: 'create', reason: mark })
  return { states, guards: harm.guards, warnings: harm.warnings }
}
