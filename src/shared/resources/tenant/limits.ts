import type { FieldSpec } from '../field'

const group = 'Limits'
const quotas = 'Storage'
const upTo = { kind: 'number', min: 0, group, detailOnly: true } as const

/** How much of everything the tenant may have. */
export const limitFields = [
  {
    kind: 'number',
    key: 'max_extensions',
    label: 'Extensions',
    group,
    min: 0,
    default: 1000,
    inTable: true,
    sortable: true,
    width: 100,
  },
  {
    kind: 'number',
    key: 'max_concurrent_calls',
    label: 'Calls at once',
    group,
    min: 0,
    default: 20,
    inTable: true,
    sortable: true,
    width: 110,
  },
  { ...upTo, key: 'max_ring_groups', label: 'Ring groups', default: 20 },
  { ...upTo, key: 'max_virtual_receptionists', label: 'Virtual receptionists', default: 20 },
  { ...upTo, key: 'max_call_queues', label: 'Call queues', default: 20 },
  {
    ...upTo,
    key: 'max_conference_rooms',
    label: 'Conference rooms',
    help: 'How many may be open at the same time.',
    default: 20,
  },
] as const satisfies readonly FieldSpec[]

/** How much room on the disks the tenant may take; empty means without limit. */
export const quotaFields = [
  {
    kind: 'size',
    key: 'disk_quota',
    label: 'Files and recordings',
    group: quotas,
    help: 'All that the tenant keeps on the disks of the PBX.',
    default: '',
    detailOnly: true,
  },
  { kind: 'text', key: 'used_disk_quota', label: 'In use', group: quotas, readOnly: true, detailOnly: true },
  {
    kind: 'size',
    key: 'im_disk_quota',
    label: 'Chat, whole tenant',
    group: quotas,
    help: 'Messages and files of the chat service.',
    default: '',
    detailOnly: true,
  },
  {
    kind: 'size',
    key: 'extension_im_disk_quota',
    label: 'Chat, each extension',
    group: quotas,
    default: '1GB',
    detailOnly: true,
  },
] as const satisfies readonly FieldSpec[]
