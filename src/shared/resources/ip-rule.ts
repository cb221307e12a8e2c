import { defineList } from './resource'

/** IP rules, the portal's IP blacklist and whitelist (GET /ip_filters and below). */
export const ipRule = defineList({
  id: 'ip-rules',
  label: 'IP rules',
  one: 'rule',
  many: 'rules',
  path: '/ip_filters',
  roles: ['SystemAdmin'],
  nameKey: 'cidr',
  paged: true,
  // What decides whom a rule meets; its description does not.
  checkedLive: ['cidr', 'target', 'expire_at'],
  fields: [
    {
      kind: 'cidr',
      key: 'cidr',
      label: 'Address range',
      help: 'One address, or a range in CIDR notation. Host bits are cleared: 41.202.7.9/16 becomes 41.202.0.0/16.',
      required: true,
      inTable: true,
      sortable: true,
      width: 240,
    },
    {
      kind: 'choice',
      key: 'target',
      label: 'Action',
      help: 'An accepted range is not checked by the anti-hacking rules; a denied range cannot reach the PBX.',
      required: true,
      inTable: true,
      sortable: true,
      width: 120,
      preset: 'DENY',
      choices: [
        { value: 'DENY', label: 'Deny', tone: 'bad' },
        { value: 'ACCEPT', label: 'Accept', tone: 'good' },
      ],
    },
    {
      kind: 'time',
      key: 'expire_at',
      label: 'Ends',
      help: 'When the rule stops by itself, in local time. Empty means that it does not end.',
      inTable: true,
      sortable: true,
      width: 244,
      empty: 'Never',
    },
    {
      kind: 'text',
      key: 'description',
      label: 'Description',
      maxLength: 255,
      inTable: true,
      sortable: true,
      width: 240,
    },
    { kind: 'id', key: 'id', label: 'ID', readOnly: true, inTable: 'optional', width: 200 },
  ],
})
