import type { Danger, FieldSpec } from './field'

function isMet(danger: Danger, value: unknown): boolean {
  if ('when' in danger) return danger.when === value
  if (typeof value !== 'number') return false
  return 'above' in danger ? value > danger.above : value < danger.below
}

/** The harm that a value of this field may do, if any. */
export const dangerOf = ({ danger = [] }: FieldSpec, value: unknown): Danger | undefined =>
  [danger].flat().find((each: Danger) => isMet(each, value))

/** The harm that these values may do, field by field; with the field's label before it, as it is shown outside the form. */
export const dangersOf = (
  fields: readonly FieldSpec[],
  values: Readonly<Record<string, unknown>>,
): readonly { readonly text: string; readonly stops: boolean }[] =>
  fields.flatMap((field) => {
    const danger = dangerOf(field, values[field.key])
    return danger === undefined ? [] : [{ text: `${field.label}: ${danger.text}`, stops: danger.stops === true }]
  })
