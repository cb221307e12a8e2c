import type { FieldSpec } from '../resources/field'
import { fieldTitle } from '../resources/field-title'
import { plainText } from '../text/plain-text'
import { valueText } from '../resources/value-text'

/** Label and value texts of a field in an entry. Secrets and fields without a description are shown as stored. */
export function entryField(fields: readonly FieldSpec[], key: string) {
  const field = fields.find((candidate) => candidate.key === key)
  const text = (value: unknown): string =>
    field === undefined || field.kind === 'secret' || value === '(set)' ? plainText(value) : valueText(field, value)
  return { label: field === undefined ? key : fieldTitle(fields, field), text }
}
