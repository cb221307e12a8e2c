import type { FieldSpec } from '../field'

const numbers = 'E.164'
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
    label: 'Process E.164 numbers',
    group: numbers,
    help: 'Rewrites dialed numbers that start with + before the outbound rules apply.',
    default: false,
    detailOnly: true,
  },
  { ...of, kind: 'pick', from: 'calling-codes', key: 'e164.country', label: 'Country' },
  {
    ...of,
    kind: 'text',
    key: 'e164.international_code',
    label: 'International code',
    help: 'Replaces the + of numbers in other countries, for example 00.',
  },
  {
    ...of,
    kind: 'text',
    key: 'e164.national_code',
    label: 'National code',
    help: 'Added in front of national numbers while the PBX rewrites them.',
  },
  { ...of, kind: 'text', key: 'e164.area_code', label: 'Area code' },
  {
    ...of,
    kind: 'text',
    key: 'e164.prefix',
    label: 'Add prefix',
    help: 'Added in front of the rewritten number, for example to select an outbound rule.',
  },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_special_chars',
    label: 'Remove special characters',
    help: 'Removes parentheses and spaces.',
    default: false,
  },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_duplicate_countries',
    label: 'Remove country code for same country',
    help: 'Removes the country code from numbers in the selected country.',
    default: true,
  },
  {
    ...of,
    kind: 'switch',
    key: 'e164.remove_duplicate_area_codes',
    label: 'Remove area code if the same',
    help: 'Removes the area code from local calls if it matches the area code above.',
    default: true,
  },
] as const satisfies readonly FieldSpec[]
