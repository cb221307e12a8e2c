import type { Intent } from '../domain/journal'
import { resourceOf } from '../resources/registry'
import { entryField } from './entry-field'

export interface EntryChange {
  readonly key: string
  readonly label: string
  /** Undefined if there was no value before. */
  readonly before?: string
  readonly after: string
}

/** The changes of an entry as text, field by field; for a deletion, the deleted values. */
export function entryChanges({ kind, before, changes, resource }: Intent['write']): readonly EntryChange[] {
  const fields = resource === undefined ? [] : resourceOf(resource).fields
  return Object.keys(kind === 'delete' ? before : changes).map((key) => {
    const { label, text } = entryField(fields, key)
    const after = kind === 'delete' ? '' : text(changes[key])
    return { key, label, ...(kind !== 'create' && { before: text(before[key]) }), after }
  })
}
