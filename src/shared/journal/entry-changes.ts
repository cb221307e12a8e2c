import type { Intent } from '../domain/journal'
import { resourceOf } from '../resources/registry'
import { entryField } from './entry-field'

export interface EntryChange {
  readonly key: string
  readonly label: string
  /** Absent where there was nothing before. */
  readonly before?: string
  readonly after: string
}

/** What an entry changes, field by field in words; what there was of a deleted record. */
export function entryChanges({ kind, before, changes, resource }: Intent['write']): readonly EntryChange[] {
  const fields = resource === undefined ? [] : resourceOf(resource).fields
  return Object.keys(kind === 'delete' ? before : changes).map((key) => {
    const { label, text } = entryField(fields, key)
    const after = kind === 'delete' ? '' : text(changes[key])
    return { key, label, ...(kind !== 'create' && { before: text(before[key]) }), after }
  })
}
