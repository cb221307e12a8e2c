import type { FieldSpec } from '../resources/field'
import { plainText, valueText } from '../resources/value-text'

/** How an entry shows a field: its label, and values in words. A secret, and what is no described field, are shown as the journal has them. */
export function entryField(fields: readonly FieldSpec[], key: string) {
  const field = fields.find((each) => each.key === key)
  const text = (value: unknown): string =>
    field === undefined || field.kind === 'secret' || value === '(set)' ? plainText(value) : valueText(field, value)
  return { label: field?.label ?? key, text }
}
