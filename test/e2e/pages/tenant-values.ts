import { printNumber } from '@shared/format/print-number'
import type { FieldSpec } from '@shared/resources/field'
import { valueAt, type ApiRecord } from '@shared/resources/nested'
import { numberText } from '@shared/resources/value-text'

/** What is typed into a field, and what the PBX is to hold then. */
interface Change {
  readonly typed: string
  readonly sent: unknown
}

const own: Readonly<Record<string, Change>> = {
  domain: { typed: 'new.example.com', sent: 'new.example.com' },
  website: { typed: 'https://new.example.com', sent: 'https://new.example.com' },
  timezone: { typed: 'Pacific/Apia', sent: 'Pacific/Apia' },
  currency: { typed: 'CHF', sent: 'CHF' },
  region: { typed: 'Iceland (ISL)', sent: 'ISL' },
  'e164.enabled': { typed: 'on', sent: true },
  'e164.country': { typed: 'Angola (+244)', sent: 'Angola(244)' },
  'e164.international_code': { typed: '011', sent: '011' },
  'e164.national_code': { typed: '1', sent: '1' },
  'cdr_event.auth': { typed: 'Digest', sent: 'DIGEST' },
  'extension_event.auth': { typed: 'Bearer', sent: 'BEARER' },
  contact_match_type: { typed: 'Minimum digits', sent: 'MATCH_LENGTH' },
  contact_match_length: { typed: '7', sent: 7 },
  contact_append_type: { typed: 'Off', sent: 'DISABLE' },
  office_hours: { typed: 'sunday 10:00 13:00', sent: undefined },
  email_recipients: { typed: 'a@kunde.example,b@kunde.example', sent: 'a@kunde.example,b@kunde.example' },
  custom_options: { typed: '{"x":1}', sent: '{"x":1}' },
}

/** Another value for a field than the one that it holds. */
export function changeOf(field: FieldSpec, before: ApiRecord): Change {
  const known = own[field.key]
  if (known !== undefined) return known
  const held = valueAt(before, field.key)
  switch (field.kind) {
    case 'switch':
      return held === true ? { typed: 'off', sent: false } : { typed: 'on', sent: true }
    case 'number':
      return { typed: String(Number(held) + 1), sent: Number(held) + 1 }
    case 'size':
      return { typed: '250MB', sent: '250MB' }
    default: {
      const text = field.key.endsWith('.url') ? `https://${field.key.split('.')[0]}.example` : 'abcdef7'
      return { typed: text, sent: text }
    }
  }
}

/** Just beyond a limit, and what is said at the field; nothing where a control cannot hold what is wrong. */
export function beyond(field: FieldSpec): readonly { readonly typed: string; readonly said: string }[] {
  switch (field.kind) {
    case 'text':
    case 'secret': {
      const { maxLength: max, minLength: min, pattern } = field
      return [
        ...(max === undefined ? [] : [{ typed: 'x'.repeat(max + 1), said: `Maximum ${printNumber(max)} characters` }]),
        ...(min === undefined || min < 2 ? [] : [{ typed: 'x'.repeat(min - 1), said: `Minimum ${min} characters` }]),
        ...(pattern === undefined
          ? []
          : [{ typed: 'Abcdef-7', said: field.kind === 'text' ? 'lowercase letters' : 'not allowed' }]),
        ...(field.required === true ? [{ typed: '', said: 'is required' }] : []),
      ]
    }
    case 'number':
      return [
        ...(field.min === undefined
          ? []
          : [{ typed: String(field.min - 1), said: `Minimum ${numberText({}, field.min)}` }]),
        ...(field.max === undefined
          ? []
          : [{ typed: String(field.max + 1), said: `Maximum ${numberText({}, field.max)}` }]),
        { typed: '1.5', said: 'A whole number' },
      ]
    case 'list':
      return [
        { typed: 'nobody', said: 'nobody is not an email address' },
        {
          typed: Array.from({ length: 16 }, (_, index) => `p${index}@kunde.example`).join(','),
          said: 'Maximum 15 entries (16 entered)',
        },
      ]
    case 'json':
      return [{ typed: '{"x":', said: 'Not valid JSON' }]
    case 'week':
      return [{ typed: 'sunday 17:00 09:00', said: '17:00 is not before 09:00' }]
    default:
      return []
  }
}
