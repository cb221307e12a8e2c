import type { FieldSpec } from '@shared/resources/field'
import { valueAt, type ApiRecord } from '@shared/resources/nested'

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

/** A value for a field other than the current one. */
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
