import { typedCidr } from '../domain/typed-cidr'
import { tidyName } from '../text/invisible'
import type { FieldSpec } from './field'
import type { FormValues } from './nested'

/** Names, domains, accounts and addresses: of one line, and nobody sees a blank around them. */
const isName = (field: FieldSpec): boolean =>
  field.kind === 'text' &&
  field.multiline !== true &&
  (field.rule !== undefined || field.required === true || /(?:^|[._])name$/.test(field.key))

/**
 * A value as it is sent, where that is not as it may be typed: a range in its canonical text, a name without blanks around
 * it and invisible characters. What cannot be read stays as it is.
 */
export function normalValue(field: FieldSpec, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (isName(field)) return tidyName(value)
  if (field.kind !== 'cidr') return value
  const parsed = typedCidr(value)
  return parsed.ok ? parsed.cidr.text : value
}

/** The same for all values of a form. */
export const normalValues = <V extends FormValues>(fields: readonly FieldSpec[], values: V): V => ({
  ...values,
  ...Object.fromEntries(
    fields
      .filter(({ key }) => Object.hasOwn(values, key))
      .map((field) => [field.key, normalValue(field, values[field.key])]),
  ),
})
