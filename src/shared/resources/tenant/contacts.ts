import type { FieldSpec } from '../field'

const group = 'Contacts'

/** How callers are matched with contacts, and who is told of what happens. */
export const contactFields = [
  {
    kind: 'choice',
    key: 'contact_match_type',
    label: 'Callers are matched with contacts',
    group,
    default: 'MATCH_EXACTLY',
    detailOnly: true,
    choices: [
      { value: 'DISABLE', label: 'Never' },
      { value: 'MATCH_EXACTLY', label: 'By the whole number' },
      { value: 'MATCH_LENGTH', label: 'By its last digits' },
    ],
  },
  {
    kind: 'number',
    key: 'contact_match_length',
    label: 'Digits that must match',
    group,
    min: 0,
    detailOnly: true,
    onlyWith: { key: 'contact_match_type', is: ['MATCH_LENGTH'] },
  },
  {
    kind: 'choice',
    key: 'contact_append_type',
    label: 'Name of the group, queue or DID',
    group,
    help: 'Where it stands beside the caller’s own name on a phone.',
    default: 'APPEND',
    detailOnly: true,
    choices: [
      { value: 'DISABLE', label: 'Not shown' },
      { value: 'APPEND', label: 'After the name' },
      { value: 'PREPEND', label: 'Before the name' },
    ],
  },
  {
    kind: 'number',
    key: 'contact_update_interval',
    label: 'Contacts are read again every',
    group,
    unit: 'minutes',
    min: 1,
    max: 43_200,
    default: 720,
    detailOnly: true,
  },
] as const satisfies readonly FieldSpec[]

export const otherFields = [
  {
    kind: 'list',
    separator: ',',
    of: 'e-mail',
    max: 15,
    key: 'email_recipients',
    label: 'Recipients',
    group: 'Notifications',
    help: 'E-mail addresses that are told what happens to this tenant.',
    detailOnly: true,
  },
  {
    kind: 'json',
    key: 'custom_options',
    label: 'Custom options',
    group: 'Custom options',
    help: 'A JSON object with options that PortSIP support names.',
    detailOnly: true,
  },
] as const satisfies readonly FieldSpec[]
