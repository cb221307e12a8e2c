import type { TenantSummary } from '@shared/domain/tenant'
import { places } from './words'

const weekDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const officeHours = Object.fromEntries(
  weekDays.map((name, index) => [
    name,
    index < 5 ? { enabled: true, ranges: [{ from: '08:00', to: '18:00' }] } : { enabled: false, ranges: [] },
  ]),
)

const event = { enabled: false, auth: 'DISABLE', username: null, password: null, token: null, url: null }

/** The whole tenant as GET /tenants/{id} answers it; everything beyond the summary is what a new tenant has. */
export const tenantDetail = (tenant: TenantSummary): object => ({
  ...tenant,
  enable_video_recording: false,
  enable_audio_recording: true,
  enable_dual_track_recording: false,
  enable_billing: false,
  enable_feature_billing: false,
  enable_feature_call_statistics: true,
  enable_feature_contact_center: true,
  enable_feature_message_channels: true,
  enable_feature_microsoft_teams: true,
  enable_feature_trunks: true,
  enable_feature_whats_app: true,
  enable_night_mode: false,
  enable_two_factor_authentication: false,
  custom_options: null,
  max_ring_groups: 20,
  max_virtual_receptionists: 20,
  max_call_queues: 20,
  max_conference_rooms: 20,
  disk_quota: '',
  used_disk_quota: '12MB',
  im_disk_quota: '',
  extension_im_disk_quota: '1GB',
  recording_retention: 180,
  call_report_retention: 30,
  log_retention: 180,
  temp_file_retention: 30,
  office_hours: officeHours,
  outbound_caller_ids: [],
  e164: {
    enabled: false,
    international_code: '00',
    country: places.find((place) => place.region === tenant.region)?.country ?? null,
    area_code: null,
    national_code: null,
    prefix: null,
    remove_special_chars: false,
    remove_duplicate_countries: true,
    remove_duplicate_area_codes: true,
  },
  cdr_event: event,
  extension_event: event,
  contact_match_type: 'MATCH_EXACTLY',
  contact_match_length: 8,
  contact_append_type: 'APPEND',
  contact_update_interval: 720,
  email_recipients: null,
  password_force_reset: false,
})
