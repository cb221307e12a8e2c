import type { IntentLine, JournalEntry, ResultLine } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'

const pick = (values: RecordValues, keys: RecordValues): RecordValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(keys, key)))

/** The record that a change is about, over several changes of it. */
const recordOf = ({ intent: { write }, result }: JournalEntry): string =>
  [write.resource, write.trunkId, write.id ?? result?.newId].join('/')

/** Differences that the later change did not overwrite, and its own. */
function mergedResult(first: JournalEntry, later: JournalEntry): { readonly result?: ResultLine } {
  const kept = (first.result?.differences ?? []).filter(({ key }) => !Object.hasOwn(later.intent.write.changes, key))
  const differences = [...kept, ...(later.result?.differences ?? [])]
  const result = first.result ?? later.result
  return result === undefined ? {} : { result: { ...result, differences } }
}

/** Two changes of one record as one; undefined where nothing is left of them. */
function merged(first: JournalEntry, later: JournalEntry): JournalEntry | undefined {
  const [a, b] = [first.intent.write, later.intent.write]
  const changes = { ...a.changes, ...b.changes }
  const withWrite = (write: IntentLine['write'], of: JournalEntry): JournalEntry => ({
    ...of,
    intent: { ...of.intent, write },
    ...mergedResult(first, later),
  })
  if (a.kind === 'create') return b.kind === 'delete' ? undefined : withWrite({ ...a, changes }, first)
  if (b.kind === 'delete') return withWrite({ ...b, before: { ...b.before, ...pick(a.before, a.changes) } }, later)
  return withWrite({ ...b, before: { ...b.before, ...a.before }, changes }, later)
}

/** One change for each record, as if all of these had been made together: what reverting them has to restore. Only what is done counts. */
export function collapse(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const byRecord = new Map<string, JournalEntry>()
  for (const entry of entries.toSorted((a, b) => a.intent.seq - b.intent.seq)) {
    const isReadable = entry.outcome === 'done' && entry.intent.write.resource !== undefined
    const key = isReadable ? recordOf(entry) : `entry ${entry.intent.seq}`
    const earlier = byRecord.get(key)
    const now = earlier === undefined ? entry : merged(earlier, entry)
    if (now === undefined) byRecord.delete(key)
    else byRecord.set(key, now)
  }
  return [...byRecord.values()]
}
