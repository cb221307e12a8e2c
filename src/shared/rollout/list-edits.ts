import type { FieldSpec } from '../resources/field'
import { listItems } from '../resources/list-text'
import { plainText } from '../text/plain-text'

/** How a list of texts is changed on several servers, each of which has its own. */
export const listEdits = ['add', 'remove'] as const
export type ListEdit = (typeof listEdits)[number]

export type ListField = Extract<FieldSpec, { readonly kind: 'list' }>

export const isListField = (field: FieldSpec): field is ListField => field.kind === 'list'

/** Email addresses in another letter case reach the same mailbox. */
const keyOf = ({ of }: ListField, item: string): string => (of === 'email' ? item.toLowerCase() : item)

/** The items of `text` that are not in `other`, each once. */
export function itemsWithout(field: ListField, text: unknown, other: unknown): readonly string[] {
  const seen = new Set(listItems(plainText(other), field.separator).map((item) => keyOf(field, item)))
  return listItems(plainText(text), field.separator).filter((item) => {
    const isNew = !seen.has(keyOf(field, item))
    seen.add(keyOf(field, item))
    return isNew
  })
}

/** A list with these items added at its end, or without them. If nothing changes, it stays as it is written. */
export function editedList(field: ListField, edit: ListEdit, current: unknown, items: unknown): string | null {
  const all = listItems(plainText(current), field.separator)
  const given = listItems(plainText(items), field.separator)
  const gone = new Set(given.map((item) => keyOf(field, item)))
  const next =
    edit === 'add'
      ? [...all, ...itemsWithout(field, items, current)]
      : all.filter((item) => !gone.has(keyOf(field, item)))
  if (next.length === all.length) return plainText(current) || null
  return next.join(field.separator) || null
}
