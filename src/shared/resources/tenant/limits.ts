import type { FieldSpec } from '../field'

const group = 'Limits'
const quotas = 'Storage'
const upTo = { kind: 'number', min: 0, group, detailOnly: true } as const

/** How much of everything the tenant may have. */
export const limitFields = [
  {
    kind: 'number',
    key: 'max_extensions',
    label: 'Maximum extensions',
    column: 'Max extensions',
    group,
    min: 0,
    default: 1000,
    inTable: true,
    sortable: true,
    width: 148,
  },
  {
    kind: 'number',
    key: 'max_concurrent_calls',
    label: 'Maximum concurrent calls',
    column: 'Max calls',
    group,
    min: 0,
    default: 20,
    inTable: true,
    sortable: true,
    width: 110,
  },
  { ...upTo, key: 'max_ring_groups', label: 'Maximum ring groups', default: 20 },
  { ...upTo, key: 'max_virtual_receptionists', label: 'Maximum virtual receptionists', default: 20 },
  { ...upTo, key: 'max_call_queues', label: 'Maximum call queues', default: 20 },
  {
    ...upTo,
    key: 'max_conference_rooms',
    label: 'Maximum meetings',
    help: 'Conference rooms open at the same time.',
    default: 20,
  },
] as const satisfies readonly FieldSpec[]

/** How much room on the disks the tenant may take; empty means without limit. */
export const quotaFields = [
  {
    kind: 'size',
    key: 'disk_quota',
    label: 'Disk quota',
    group: quotas,
    help: 'Covers all files of the tenant on the PBX, including recordings.',
    default: '',
    detailOnly: true,
  },
  { kind: 'text', key: 'used_disk_quota', label: 'Disk quota used', group: quotas, readOnly: true, detailOnly: true },
  {
    kind: 'size',
    key: 'im_disk_quota',
    label: 'Chat file quota (tenant)',
    group: quotas,
    help: 'Covers the messages and files of the chat service.',
    default: '',
    detailOnly: true,
  },
  {
    kind: 'size',
    key: 'extension_im_disk_quota',
    label: 'Chat file quota (per user)',
    group: quotas,
    default: '1GB',
    detailOnly: true,
  },
] as const satisfies readonly FieldSpec[]
