import { typedCidr } from '../domain/cidr'
import type { FieldSpec } from './field'
import type { FormValues } from './nested'

/** A value as it is sent, where that is not as it may be typed: a range in its canonical text. What cannot be read stays as it is. */
export function normalValue({ kind }: FieldSpec, value: unknown): unknown {
  if (kind !== 'cidr' || typeof value !== 'string') return value
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
