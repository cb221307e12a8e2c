import { printNumber } from '@shared/format/print-number'
import type { FieldSpec } from '@shared/resources/field'
import { numberText } from '@shared/resources/value-text'

interface Beyond {
  readonly value: unknown
  readonly message: string | RegExp
}

/** Values beyond each limit of the field, with the expected messages. */
export function beyondLimits(field: FieldSpec): readonly Beyond[] {
  const needed: readonly Beyond[] =
    field.required === true || field.neverBlank === true ? [{ value: null, message: `${field.label} is required` }] : []
  switch (field.kind) {
    case 'number':
      return [
        ...needed,
        ...(field.min === undefined
          ? []
          : [
              {
                value: field.min - 1,
                message: `Minimum ${numberText({ ...(field.of && { of: field.of }) }, field.min)}`,
              },
            ]),
        ...(field.max === undefined
          ? []
          : [
              {
                value: field.max + 1,
                message: `Maximum ${numberText({ ...(field.of && { of: field.of }) }, field.max)}`,
              },
            ]),
      ]
    case 'share':
      return [...needed, ...[1.01, -0.01].map((value) => ({ value, message: 'Must be from 0% to 100%' }))]
    case 'text':
      return [
        ...needed,
        ...(field.maxLength === undefined
          ? []
          : [
              {
                value: 'x'.repeat(field.maxLength + 1),
                message: `Maximum ${printNumber(field.maxLength)} characters (${printNumber(field.maxLength + 1)} entered)`,
              },
            ]),
        ...(field.expected === undefined ? [] : [{ value: 'what is this', message: field.expected }]),
      ]
    case 'list': {
      const items = Array.from({ length: (field.max ?? 0) + 1 }, (_, index) => `person${index}@example.com`)
      return [
        ...(field.max === undefined
          ? []
          : [
              {
                value: items.join(field.separator),
                message: `Maximum ${printNumber(field.max)} entries (${printNumber(field.max + 1)} entered)`,
              },
            ]),
        ...(field.of === 'email' ? [{ value: 'nobody', message: 'nobody is not an email address' }] : []),
      ]
    }
    case 'pem':
      return [{ value: 'no pem', message: /^PEM text is expected/ }]
    case 'json':
      return [{ value: '{"a":', message: /^Not valid JSON/ }]
    case 'address':
      return [{ value: '300.1.1.1', message: `An IPv${field.family} address is expected` }]
    default:
      return []
  }
}

/** Values just beyond a limit with the message at the field; none for a control that cannot have an invalid value. */
export function beyondTenantLimits(field: FieldSpec): readonly { readonly typed: string; readonly message: string }[] {
  switch (field.kind) {
    case 'text':
    case 'secret': {
      const { maxLength: max, minLength: min, pattern } = field
      return [
        ...(max === undefined
          ? []
          : [{ typed: 'x'.repeat(max + 1), message: `Maximum ${printNumber(max)} characters` }]),
        ...(min === undefined || min < 2 ? [] : [{ typed: 'x'.repeat(min - 1), message: `Minimum ${min} characters` }]),
        ...(pattern === undefined
          ? []
          : [{ typed: 'Abcdef-7', message: field.kind === 'text' ? 'lowercase letters' : 'not allowed' }]),
        ...(field.required === true ? [{ typed: '', message: 'is required' }] : []),
      ]
    }
    case 'number':
      return [
        ...(field.min === undefined
          ? []
          : [{ typed: String(field.min - 1), message: `Minimum ${numberText({}, field.min)}` }]),
        ...(field.max === undefined
          ? []
          : [{ typed: String(field.max + 1), message: `Maximum ${numberText({}, field.max)}` }]),
        { typed: '1.5', message: 'A whole number' },
      ]
    case 'list':
      return [
        { typed: 'nobody', message: 'nobody is not an email address' },
        {
          typed: Array.from({ length: 16 }, (_, index) => `p${index}@kunde.example`).join(','),
          message: 'Maximum 15 entries (16 entered)',
        },
      ]
    case 'json':
      return [{ typed: '{"x":', message: 'Not valid JSON' }]
    case 'week':
      return [{ typed: 'sunday 17:00 09:00', message: '17:00 is not before 09:00' }]
    default:
      return []
  }
}
