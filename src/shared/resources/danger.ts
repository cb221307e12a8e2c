import type { Danger, FieldSpec } from './field'

type Values = Readonly<Record<string, unknown>>

function isMet(danger: Danger, value: unknown, values: Values): boolean {
  if (danger.together !== undefined && values[danger.together.key] !== danger.together.is) return false
  if ('when' in danger) return danger.when === value
  if (typeof value !== 'number') return false
  return 'above' in danger ? value > danger.above : value < danger.below
}

/** The harm that a value of this field may do, if any; `values` are those of the whole record. */
export const dangerOf = ({ danger = [] }: FieldSpec, value: unknown, values: Values): Danger | undefined =>
  [danger].flat().find((each: Danger) => isMet(each, value, values))

/** Whether the harm of these changes depends on values that are not among them. */
export const dangersNeedOthers = (fields: readonly FieldSpec[], changes: Values): boolean =>
  fields.some(({ key, danger = [] }) =>
    [danger].flat().some(({ together }: Danger) => {
      if (together === undefined) return false
      return Object.hasOwn(changes, key) !== Object.hasOwn(changes, together.key)
    }),
  )

/**
 * The harm that these changes may do, field by field; with the field's label before it, as it is shown outside the form.
 * `before` has the values of the record that are not changed.
 */
export const dangersOf = (
  fields: readonly FieldSpec[],
  changes: Values,
  before: Values = {},
): readonly { readonly text: string; readonly stops: boolean }[] =>
  fields.flatMap((field) => {
    const values = { ...before, ...changes }
    const danger = dangerOf(field, values[field.key], values)
    const keys = [field.key, ...(danger?.together === undefined ? [] : [danger.together.key])]
    // What was there before is no harm of these changes.
    if (!keys.some((key) => Object.hasOwn(changes, key))) return []
    return danger === undefined ? [] : [{ text: `${field.label}: ${danger.text}`, stops: danger.stops === true }]
  })
