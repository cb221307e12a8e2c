import type { FieldSpec } from '../field'

const group = 'General'

/** Who the tenant is and where it stands. */
export const identityFields = [
  {
    kind: 'text',
    key: 'name',
    label: 'Name',
    group,
    help: 'After creation, only the tenant’s own administrator can change it.',
    required: true,
    createOnly: true,
    minLength: 1,
    maxLength: 1024,
    inTable: true,
    sortable: true,
    width: 200,
  },
  {
    kind: 'text',
    key: 'domain',
    rule: 'domain',
    ignoresCase: true,
    label: 'SIP domain',
    group,
    help: 'Usually a full domain name, unique on this server. Phones register with it, so a change affects every phone.',
    required: true,
    minLength: 1,
    maxLength: 280,
    inTable: true,
    sortable: true,
    width: 160,
  },
  {
    kind: 'switch',
    key: 'enabled',
    label: 'Enabled',
    group,
    default: true,
    inTable: true,
    sortable: true,
    width: 100,
    danger: { when: false, text: 'While the tenant is disabled, its extensions cannot register or call.' },
  },
  {
    kind: 'text',
    key: 'website',
    label: 'Website',
    group,
    help: 'Required since PBX 22.6, with 1 to 128 characters.',
    revised: { since: '22.6', required: true, minLength: 1, maxLength: 128 },
    maxLength: 255,
  },
  {
    kind: 'pick',
    from: 'time-zones',
    key: 'timezone',
    label: 'Time zone',
    group,
    required: true,
    inTable: true,
    sortable: true,
    width: 146,
  },
  { kind: 'pick', from: 'currencies', key: 'currency', label: 'Currency', group, required: true },
  { kind: 'pick', from: 'countries', key: 'region', label: 'Country', group, required: true },
  { kind: 'text', key: 'avatar_file_name', label: 'Avatar file name', group, readOnly: true },
  { kind: 'number', key: 'avatar_file_size', label: 'Avatar file size', group, unit: 'bytes', min: 0, readOnly: true },
  { kind: 'text', key: 'avatar_file_url', label: 'Avatar path', group, readOnly: true },
] as const satisfies readonly FieldSpec[]

/** When it was made, and its id: the last columns. */
export const originFields = [
  {
    kind: 'time',
    key: 'created_at',
    label: 'Created',
    group,
    readOnly: true,
    inTable: 'optional',
    sortable: true,
    width: 160,
  },
  { kind: 'id', key: 'id', label: 'ID', readOnly: true, inTable: 'optional', width: 200 },
] as const satisfies readonly FieldSpec[]
