import type { FieldSpec } from '../field'

const numbers = 'Numbers (E.164)'
const of = { group: numbers, detailOnly: true, onlyWith: { key: 'e164.enabled', is: [true] } } as const

/** When the tenant is open, and how numbers are brought into one form. */
export const callFields = [
  { kind: 'week', key: 'office_hours', label: 'Office hours', group: 'Office hours', detailOnly: true },
  {
    kind: 'rows',
    key: 'outbound_caller_ids',
    label: 'Outbound caller IDs',
    group: numbers,
    readOnly: true,
    detailOnly: true,
    fields: [
      { kind: 'id', key: 'provider_id', label: 'Trunk' },
      { kind: 'text', key: 'caller_id', label: 'Caller ID', minLength: 1, maxLength: 64 },
      { kind: 'text', key: 'description', label: 'Description', maxLength: 1024 },
    ],
  },
  {
    kind: 'switch',
    key: 'e164.enabled',
    label: 'Bring numbers into E.164 form',
    group: numbers,
    default: false,
    detailOnly: true,
  },
  { ...of, kind: 'pick', from: 'calling-codes', key: 'e164.country', label: 'Country and its code' },
  {
    ...of,
    kind: 'text',
    key: 'e164.international_code',
    label: 'International prefix',
    help: 'What is dialled before a foreign country’s code, for example 00.',
  },
  {
    ...of,
    kind: 'text',
    key: 'e164.national_code',
    label: 'National prefix',
    help: 'What is dialled before an area code, for example 0.',
  },
  { ...of, kind: 'text', key: 'e164.area_code', label: 'Area code' },
  { ...of, kind: 'text', key: 'e164.prefix', label: 'Prefix to add' },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_special_chars',
    label: 'Drop brackets and blanks',
    default: false,
  },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_duplicate_countries',
    label: 'Drop a country code that stands twice',
    default: true,
  },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_duplicate_area_codes',
    label: 'Drop an area code that stands twice',
    default: true,
  },
] as const satisfies readonly FieldSpec[]
