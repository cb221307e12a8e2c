import type { IntentLine, JournalEntry, ResultLine } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'
import { changedFields } from '@shared/resources/compare'
import { identityKey } from '@shared/resources/identity'
import { listIds } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'

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

/** The list of an entry about a record of a list. */
const listOfEntry = ({ intent: { write } }: JournalEntry) => {
  const id = listIds.find((each) => each === write.resource)
  return id === undefined ? undefined : listOf(id)
}

/** A deleted record that was created again is the same record under a new ID: what is left is what it has now and did not have before. */
function recreated(deleted: JournalEntry, created: JournalEntry, list: ListResource): JournalEntry | undefined {
  const { before } = deleted.intent.write
  const { write } = created.intent
  const fields = list.fields.filter(({ key }) => Object.hasOwn(write.changes, key) || Object.hasOwn(before, key))
  const differing = changedFields(
    fields.filter((field) => !isSecret(field)),
    before,
    write.changes,
  )
  const id = created.result?.newId
  if (differing.length === 0 || id === undefined) return undefined
  const changes = Object.fromEntries(differing.map(({ key }) => [key, write.changes[key] ?? null]))
  const known = Object.fromEntries(differing.map(({ key }) => [key, before[key] ?? null]))
  const change = { ...write, kind: 'change', id, before: { ...before, ...known }, changes } as const
  return { ...created, intent: { ...created.intent, write: change } }
}

/** What is left of several changes of one record. */
interface CollapsedChange {
  /** As if all of them had been made together. */
  readonly entry: JournalEntry
  /** The numbers of their entries, in order. */
  readonly of: readonly number[]
}

export interface Collapsed {
  readonly changes: readonly CollapsedChange[]
  /** How many changes leave nothing to restore, such as the creation and the deletion of one record. */
  readonly canceledOut: number
}

/** One change for each record: what reverting these entries has to restore. Only what is done counts. */
export function collapse(entries: readonly JournalEntry[]): Collapsed {
  const byRecord = new Map<string, CollapsedChange>()
  let canceledOut = 0
  const put = (key: string, entry: JournalEntry | undefined, of: readonly number[]): void => {
    if (entry !== undefined) return void byRecord.set(key, { entry, of })
    byRecord.delete(key)
    canceledOut += of.length
  }
  for (const entry of entries.toSorted((a, b) => a.intent.seq - b.intent.seq)) {
    const { seq } = entry.intent
    const isReadable = entry.outcome === 'done' && entry.intent.write.resource !== undefined
    const key = isReadable ? recordOf(entry) : `entry ${seq}`
    const list = isReadable && entry.intent.write.kind === 'create' ? listOfEntry(entry) : undefined
    const deleted = list && deletedBefore(byRecord, list, entry)
    if (list !== undefined && deleted !== undefined) {
      const [oldKey, gone] = deleted
      byRecord.delete(oldKey)
      put(key, recreated(gone.entry, entry, list), [...gone.of, seq])
      continue
    }
    const earlier = byRecord.get(key)
    if (earlier === undefined) put(key, entry, [seq])
    else put(key, merged(earlier.entry, entry), [...earlier.of, seq])
  }
  return { changes: [...byRecord.values()], canceledOut }
}

/** The deletion of the record that this entry created again. */
function deletedBefore(
  byRecord: ReadonlyMap<string, CollapsedChange>,
  list: ListResource,
  created: JournalEntry,
): readonly [key: string, change: CollapsedChange] | undefined {
  const identity = identityKey(list, created.intent.write.changes)
  if (identity === undefined) return undefined
  return [...byRecord].find(([, { entry }]) => {
    const { write } = entry.intent
    const isDeletion = entry.outcome === 'done' && write.kind === 'delete' && write.resource === list.id
    return isDeletion && identityKey(list, write.before) === identity
  })
}
