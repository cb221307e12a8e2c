import type { FieldSpec } from '@shared/resources/field'
import type { ApiRecord } from '@shared/resources/nested'
import type { TenantSingle } from './tenant-singles'
import { notification } from '@shared/resources/notification'
import { tenantNotification } from '@shared/resources/tenant-notification'
import { tenantPasswordPolicy } from '@shared/resources/tenant-password-policy'
import { systemSettings } from '@shared/resources/system-settings'

/** Values of a new installation: the documented defaults, or null. */
const defaults = (fields: readonly FieldSpec[]): ApiRecord =>
  Object.fromEntries(fields.map(({ key, default: standard }) => [key, standard ?? null]))

export const makeSystemSettings = (): ApiRecord => ({
  ...defaults(systemSettings.fields),
  blocked_user_agents: 'friendly-scanner;sipvicious',
  congestion_management_metric: 'WAIT_TIME',
  auto_answer_alert_info_header: 'INTERCOM',
  custom_options: '{}',
  enable_two_factor_authentication: false,
  hide_pbx_private_ip: false,
})

export const makeNotification = (): ApiRecord => ({
  ...defaults(notification.fields),
  type: 'SMTP',
  server: 'mail.example.com',
  port: 587,
  username: 'pbx@example.com',
  enable_tls_ssl: false,
  enable_starttls_auto: true,
  recipients: 'noc@example.com,oncall@example.com',
  hard_disk_threshold: 0.9,
  cpu_threshold: 0.85,
  memory_threshold: 0.9,
  notify_hard_disk_exceeded_threshold: true,
})

/** The settings of a tenant at the start. */
export const makeTenantSingles = (domain: string): Record<TenantSingle, ApiRecord> => ({
  'tenant-notification': {
    ...defaults(tenantNotification.fields),
    type: 'SMTP',
    server: `mail.${domain}`,
    port: 587,
    username: `pbx@${domain}`,
    reply_to: null,
    recipients: `it@${domain}`,
    enable_system_email_server: true,
  },
  'tenant-password-policy': defaults(tenantPasswordPolicy.fields),
})
