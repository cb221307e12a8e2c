import { onServer, present } from '../lists/on-server'
import type { CheckContext, Harm, NewRecord } from '../lists/target'
import { checkRows, type RowsRequest, type RowState } from './check-rows'

interface PreviewRequest extends Omit<RowsRequest, 'signal' | 'now'> {
  readonly context: CheckContext
}

interface Previewed extends Pick<Harm, 'guards' | 'warnings'> {
  readonly states: ReadonlyMap<number, RowState>
}

/** The preview: each row checked by the resource's description, against the other rows of the file, and against the server. */
export async function previewRows({ context, ...request }: PreviewRequest): Promise<Previewed> {
  const { target, rows } = request
  const checked = await checkRows({ ...request, signal: context.signal, now: context.now })
  const states = new Map(checked.states)
  const { found, kept } = await onServer(target, context, checked.wanted)
  const creating: NewRecord[] = []
  const notes = new Map(checked.fresh.map(({ at, note }) => [at, note]))
  for (const { at, values, note, isFlagged } of checked.fresh) {
    const there = found.get(at)
    states.set(at, there === undefined ? { state: 'create', reason: note, isFlagged } : present(target, values, there))
    if (there === undefined) creating.push({ at, line: rows[at]?.line ?? 0, values })
  }
  const harm = await target.harm(context, creating, kept)
  for (const [at, mark] of harm.marks) {
    const reason = [mark, notes.get(at) ?? ''].filter((text) => text !== '').join('. ')
    states.set(at, { state: 'create', reason, isFlagged: true })
  }
  for (const [at, reason] of harm.problems ?? []) states.set(at, { state: 'wrong', reason })
  return { states, guards: harm.guards, warnings: harm.warnings }
}
