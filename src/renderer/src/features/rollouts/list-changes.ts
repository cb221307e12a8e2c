import type { RecordValues } from '@shared/domain/record'
import type { FormValues } from '@shared/resources/nested'
import { problemsOf } from '@shared/resources/problem'
import { isBlank } from '@shared/resources/blank'
import { isListField, itemsWithout, type ListEdit, type ListField } from '@shared/rollout/list-edits'
import type { Resource } from '@shared/resources/resource'

export type ListChoice = ListEdit | 'replace'

/** How the list of each server is changed. What is entered for each choice is kept. */
export interface ListChange {
  readonly field: ListField
  readonly choice: ListChoice
  readonly items: Readonly<Record<ListChoice, unknown>>
}

/** Suggests what the form did to the list of that server: only additions, only removals, or both. */
function changeOf(field: ListField, before: unknown, after: unknown): ListChange {
  const joined = (items: readonly string[]): string | null => items.join(field.separator) || null
  const added = joined(itemsWithout(field, after, before))
  const removed = joined(itemsWithout(field, before, after))
  const choice = added !== null && removed === null ? 'add' : added === null && removed !== null ? 'remove' : 'replace'
  return { field, choice, items: { add: added, remove: removed, replace: after } }
}

/** The lists among the values for other servers. */
export const listChangesOf = (resource: Resource, before: FormValues, sent: RecordValues): readonly ListChange[] =>
  resource.fields
    .filter(isListField)
    .filter(({ key }) => Object.hasOwn(sent, key))
    .map((field) => changeOf(field, before[field.key], sent[field.key]))

const words: Readonly<Record<ListEdit, string>> = { add: 'added', remove: 'removed' }

/** Why a list cannot be changed like this; undefined if it can. */
export function listProblem({ field, choice, items }: ListChange): string | undefined {
  const value = items[choice]
  if (choice !== 'replace' && isBlank(value)) return `Enter what is ${words[choice]}`
  // What is removed may be what is wrong.
  return choice === 'remove' ? undefined : problemsOf([field], { [field.key]: value }).get(field.key)
}

/** The part of a request that these lists are. */
export function requestOf(changes: readonly ListChange[]): {
  readonly values: RecordValues
  readonly lists: Record<string, ListEdit>
} {
  const values = changes.map(({ field, choice, items }) => [field.key, items[choice] ?? null])
  const lists = changes.flatMap(({ field, choice }) => (choice === 'replace' ? [] : [[field.key, choice] as const]))
  return { values: Object.fromEntries(values) as RecordValues, lists: Object.fromEntries(lists) }
}
