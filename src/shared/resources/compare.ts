import { apiTime } from '../domain/real-date'
import type { FieldSpec } from './field'
import { listItems } from './list-text'
import type { FormValues } from './nested'
import { normalValue } from './normal'
import { isOfUse } from './problem'

/** Keys in one order, blanks left out, so that two objects that mean the same are written the same. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined && inner !== '')
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => a.localeCompare(b)).map(([key, inner]) => [key, canonical(inner)]),
  )
}

/** A value in the form in which two of them are compared: what means the same is written the same. */
export function comparable(field: FieldSpec, value: unknown): string {
  if (value === undefined || value === null || value === '') return ''
  if (typeof value === 'object') return JSON.stringify(canonical(value))
  const text = String(value as string | number | boolean)
  switch (field.kind) {
    case 'time': {
      const at = apiTime(text)
      return Number.isNaN(at) ? text : String(Math.floor(at / 1000))
    }
    case 'cidr':
      return String(normalValue(field, text))
    case 'list':
      return listItems(text, field.separator).join(field.separator)
    case 'pem':
      return text.replaceAll('\r\n', '\n').trim()
    default:
      return text
  }
}

/** The fields whose values differ in meaning, not only in how they are written. */
export const changedFields = <F extends FieldSpec>(fields: readonly F[], a: FormValues, b: FormValues): readonly F[] =>
  fields.filter(
    (field) => field.readOnly !== true && comparable(field, a[field.key]) !== comparable(field, b[field.key]),
  )

/** The fields in which two records are different ones; a domain in another letter case is the same. */
export const differingFields = <F extends FieldSpec>(
  fields: readonly F[],
  a: FormValues,
  b: FormValues,
): readonly F[] => {
  const isSame = (field: F): boolean =>
    field.kind === 'text' &&
    field.ignoresCase === true &&
    comparable(field, a[field.key]).toLowerCase() === comparable(field, b[field.key]).toLowerCase()
  return changedFields(fields, a, b).filter((field) => !isSame(field))
}

/** The changes of a form that are sent: what is of no use with the others as they are now stays as it is on the server. */
export const changesInUse = <F extends FieldSpec>(
  fields: readonly F[],
  before: FormValues,
  after: FormValues,
): readonly F[] => changedFields(fields, before, after).filter((field) => isOfUse(field, after))
