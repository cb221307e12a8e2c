import type { FieldSpec } from '@shared/resources/field'

const number = (value: number, unit: string): string => `${value.toLocaleString()}${unit}`

/** The limits of a field in words, for example `90 to 3,600 seconds`; empty where it has none worth saying. */
export function limitsText(field: FieldSpec): string {
  if (field.kind === 'number') {
    const unit = field.unit === undefined ? '' : ` ${field.unit}`
    if (field.min !== undefined && field.max !== undefined)
      return `${field.min.toLocaleString()} to ${number(field.max, unit)}`
    return field.min !== undefined && field.min > 0 ? `At least ${number(field.min, unit)}` : ''
  }
  if (field.kind === 'secret' && field.minLength !== undefined && field.maxLength !== undefined)
    return `${field.minLength} to ${field.maxLength} characters`
  return ''
}
