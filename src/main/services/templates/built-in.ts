import type { TenantTemplate } from '@shared/domain/tenant-template'
import type { KeyOf } from '@shared/resources/registry'
import type { ValuesOf } from '../records/hooks'

const open = (from: string, to: string) => ({ enabled: true, ranges: [{ from, to }] })
const closed = { enabled: false, ranges: [] }
const workWeek = (from: string, to: string) => ({
  ...Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, open(from, to)] as const),
  ),
  saturday: closed,
  sunday: closed,
})

interface BuiltIn {
  readonly id: string
  readonly name: string
  readonly values: ValuesOf<KeyOf<'tenants'>>
}

const templates: readonly BuiltIn[] = [
  {
    id: 'small-office',
    name: 'Small office, 25 extensions',
    values: {
      max_extensions: 25,
      max_concurrent_calls: 8,
      max_ring_groups: 5,
      max_virtual_receptionists: 2,
      max_call_queues: 2,
      max_conference_rooms: 2,
      disk_quota: '10GB',
      im_disk_quota: '5GB',
      recording_retention: 90,
      enable_feature_contact_center: false,
      office_hours: workWeek('08:00', '17:00'),
    },
  },
  {
    id: 'call-centre',
    name: 'Call center, 100 extensions',
    values: {
      max_extensions: 100,
      max_concurrent_calls: 80,
      max_ring_groups: 20,
      max_virtual_receptionists: 10,
      max_call_queues: 20,
      max_conference_rooms: 5,
      disk_quota: '500GB',
      im_disk_quota: '50GB',
      enable_audio_recording: true,
      recording_retention: 365,
      call_report_retention: 365,
      enable_feature_contact_center: true,
      office_hours: workWeek('07:00', '22:00'),
    },
  },
]

/** Templates that come with the app. */
export const builtInTemplates: readonly TenantTemplate[] = templates.map((template) => ({ ...template, builtIn: true }))
