import type { FieldSpec } from '../field'

const group = 'Contacts'

/** How callers are matched with contacts, and who receives notifications. */
export const contactFields = [
  {
    kind: 'choice',
    key: 'contact_match_type',
    label: 'Contact matching',
    group,
    help: 'How caller numbers are matched with contacts.',
    default: 'MATCH_EXACTLY',
    detailOnly: true,
    choices: [
      { value: 'DISABLE', label: 'Off' },
      { value: 'MATCH_EXACTLY', label: 'Exact number' },
      { value: 'MATCH_LENGTH', label: 'Minimum digits' },
    ],
  },
  {
    kind: 'number',
    key: 'contact_match_length',
    label: 'Minimum matching digits',
    group,
    min: 0,
    detailOnly: true,
    onlyWith: { key: 'contact_match_type', is: ['MATCH_LENGTH'] },
  },
  {
    kind: 'choice',
    key: 'contact_append_type',
    label: 'Group, queue or DID name in caller ID',
    group,
    help: 'Its position relative to the caller’s name.',
    default: 'APPEND',
    detailOnly: true,
    choices: [
      { value: 'DISABLE', label: 'Off' },
      { value: 'APPEND', label: 'Append' },
      { value: 'PREPEND', label: 'Prepend' },
    ],
  },
  {
    kind: 'number',
    key: 'contact_update_interval',
    label: 'Contact sync interval',
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
    of: 'email',
    max: 15,
    key: 'email_recipients',
    label: 'Notification recipients',
    group: 'Notifications',
    help: 'Email addresses that receive the notifications of this tenant.',
    detailOnly: true,
  },
  {
    kind: 'json',
    key: 'custom_options',
    label: 'Custom options',
    group: 'Custom options',
    help: 'A JSON object with options from PortSIP support.',
    detailOnly: true,
  },
] as const satisfies readonly FieldSpec[]
