import type { FieldSpec } from '@shared/resources/field'
import { numberText } from '@shared/resources/value-text'

/** The limits of a field, for example `90 to 3,600 seconds`; empty if there are none worth showing. */
export function limitsText(field: FieldSpec): string {
  if (field.kind === 'number') {
    const { of, min, max } = field
    if (min !== undefined && max !== undefined)
      return `${numberText(of === undefined ? {} : { of }, min)} to ${numberText(field, max)}`
    return min !== undefined && min > 0 ? `Minimum ${numberText(field, min)}` : ''
  }
  if (field.kind === 'secret' && field.minLength !== undefined && field.maxLength !== undefined)
    return `${field.minLength} to ${field.maxLength} characters`
  return ''
}
