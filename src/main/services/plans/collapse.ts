import type { IntentLine, JournalEntry, ResultLine } from '@shared/domain/journal-view'
import type { RecordValues } from '@shared/domain/record'
import { changedFields } from '@shared/resources/compare'
import { dealerIdOf } from '@shared/resources/dealer-assignment'
import { identityKey } from '@shared/resources/identity'
import { listIds } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { ListResource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'

const pick = (values: RecordValues, keys: RecordValues): RecordValues =>
  Object.fromEntries(Object.entries(values).filter(([key]) => Object.hasOwn(keys, key)))

/** Key of the record that a change is about. */
const recordOf = ({ intent: { write }, result }: JournalEntry): string =>
  [write.resource, write.trunkId, write.id ?? result?.newId, dealerIdOf(write)].join('/')

/** The differences that the later change did not overwrite, and its own. */
function mergeResults(first: JournalEntry, later: JournalEntry): { readonly result?: ResultLine } {
  const remainingDifferences = (first.result?.differences ?? []).filter(
    ({ key }) => !Object.hasOwn(later.intent.write.changes, key),
  )
  const differences = [...remainingDifferences, ...(later.result?.differences ?? [])]
  const result = first.result ?? later.result
  return result === undefined ? {} : { result: { ...result, differences } }
}

/** Merges two changes of a record; undefined if nothing remains. */
function mergeChanges(first: JournalEntry, later: JournalEntry): JournalEntry | undefined {
  const [a, b] = [first.intent.write, later.intent.write]
  const changes = { ...a.changes, ...b.changes }
  const withWrite = (write: IntentLine['write'], source: JournalEntry): JournalEntry => ({
    ...source,
    intent: { ...source.intent, write },
    ...mergeResults(first, later),
  })
  if (a.kind === 'create') return b.kind === 'delete' ? undefined : withWrite({ ...a, changes }, first)
  if (b.kind === 'delete') return withWrite({ ...b, before: { ...b.before, ...pick(a.before, a.changes) } }, later)
  return withWrite({ ...b, before: { ...b.before, ...a.before }, changes }, later)
}

/** The list of an entry about a record of a list. */
const listOfEntry = ({ intent: { write } }: JournalEntry) => {
  const id = listIds.find((candidate) => candidate === write.resource)
  return id === undefined ? undefined : listOf(id)
}

/** A deleted and recreated record is the same record with a new ID. Returns the values that differ from before. */
function mergeRecreated(deleted: JournalEntry, created: JournalEntry, list: ListResource): JournalEntry | undefined {
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
  const previousValues = Object.fromEntries(differing.map(({ key }) => [key, before[key] ?? null]))
  const change = { ...write, kind: 'change', id, before: { ...before, ...previousValues }, changes } as const
  return { ...created, intent: { ...created.intent, write: change } }
}

/** The combined effect of several changes to one record. */
interface CollapsedChange {
  /** As one change. */
  readonly entry: JournalEntry
  /** Numbers of the combined entries, in order. */
  readonly entryNumbers: readonly number[]
}

export interface Collapsed {
  readonly changes: readonly CollapsedChange[]
  /** Number of changes that leave nothing to restore, such as creating and deleting the same record. */
  readonly canceledOut: number
}

/** Combines entries to one change per record, which a revert has to restore. Only entries that are done count. */
export function collapse(entries: readonly JournalEntry[]): Collapsed {
  const byRecord = new Map<string, CollapsedChange>()
  let canceledOut = 0
  const setChange = (key: string, entry: JournalEntry | undefined, entryNumbers: readonly number[]): void => {
    if (entry !== undefined) return void byRecord.set(key, { entry, entryNumbers })
    byRecord.delete(key)
    canceledOut += entryNumbers.length
  }
  for (const entry of entries.toSorted((a, b) => a.intent.seq - b.intent.seq)) {
    const { seq } = entry.intent
    const isReadable = entry.outcome === 'done' && entry.intent.write.resource !== undefined
    const key = isReadable ? recordOf(entry) : `entry ${seq}`
    const list = isReadable && entry.intent.write.kind === 'create' ? listOfEntry(entry) : undefined
    const deleted = list && findDeletion(byRecord, list, entry)
    if (list !== undefined && deleted !== undefined) {
      const [oldKey, deletion] = deleted
      byRecord.delete(oldKey)
      setChange(key, mergeRecreated(deletion.entry, entry, list), [...deletion.entryNumbers, seq])
      continue
    }
    const earlier = byRecord.get(key)
    if (earlier === undefined) setChange(key, entry, [seq])
    else setChange(key, mergeChanges(earlier.entry, entry), [...earlier.entryNumbers, seq])
  }
  return { changes: [...byRecord.values()], canceledOut }
}

/** The deletion of the record that this entry created again. */
function findDeletion(
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
