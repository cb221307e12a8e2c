import { mailAddress } from '../domain/test-mail'
import type { Danger } from './field'
import { port } from './port'
import { defineSingle } from './resource'

const smtp = { key: 'type', is: ['SMTP'] } as const

/** The step that no API takes. */
const consent = (when: string, service: string): Danger => ({
  when,
  text: `${service} requires a sign-in and consent in the PBX web portal, which this app cannot do. Until then no email is sent, including sign-in codes.`,
})

const switchOf = <const K extends string>(key: K, label: string) =>
  ({ kind: 'switch', key, label, group: 'Notification events', default: false }) as const

const thresholdOf = <const K extends string, const N extends string>(key: K, label: string, notify: N) =>
  ({
    kind: 'share',
    key,
    label,
    group: 'Notification events',
    neverBlank: true,
    help: '0 turns it off.',
    onlyWith: { key: notify, is: [true] },
    danger: { when: 0, text: 'At 0 no email is sent although the notification is on.' },
  }) as const

/** The mail server of the whole PBX, and what it writes to whom (GET and POST /admin/notification). */
export const notification = defineSingle({
  id: 'notification',
  label: 'Notifications',
  singular: 'notification settings',
  path: '/admin/notification',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'choice',
      key: 'type',
      label: 'Email provider',
      group: 'Mail server',
      required: true,
      choices: [
        { value: 'SMTP', label: 'Generic SMTP' },
        { value: 'MS365', label: 'Microsoft 365' },
        { value: 'GMAIL', label: 'Google Gmail' },
      ],
      danger: [consent('MS365', 'Microsoft 365'), consent('GMAIL', 'Google Gmail')],
    },
    { kind: 'text', key: 'server', label: 'SMTP server', group: 'Mail server', onlyWith: smtp },
    {
      ...port,
      key: 'port',
      label: 'Port',
      group: 'Mail server',
      help: 'Usually 465 with TLS, 587 with STARTTLS.',
      neverBlank: true,
      onlyWith: smtp,
      danger: { when: 25, text: 'Many networks block port 25.' },
    },
    {
      kind: 'text',
      key: 'username',
      label: 'Username',
      group: 'Mail server',
      help: 'Usually the email address. Required even without authentication.',
      required: true,
      maxLength: 128,
    },
    {
      kind: 'secret',
      key: 'password',
      label: 'Password',
      group: 'Mail server',
      help: 'The PBX never returns it. Leave empty to keep the stored password.',
      writeOnly: true,
      onlyWith: smtp,
    },
    {
      kind: 'choice',
      key: 'auth',
      label: 'Authentication mode',
      group: 'Mail server',
      default: 'AUTO',
      onlyWith: smtp,
      danger: { when: 'DISABLE', text: 'Most mail servers reject email without authentication.' },
      choices: [
        { value: 'AUTO', label: 'Auto' },
        { value: 'LOGIN', label: 'LOGIN' },
        { value: 'PLAIN', label: 'PLAIN' },
        { value: 'DISABLE', label: 'None' },
      ],
    },
    {
      kind: 'switch',
      key: 'enable_tls_ssl',
      label: 'TLS/SSL',
      group: 'Mail server',
      default: true,
      onlyWith: smtp,
      danger: { when: false, text: 'If STARTTLS is off as well, the password is sent unencrypted.' },
    },
    {
      kind: 'switch',
      key: 'enable_starttls_auto',
      label: 'STARTTLS (automatic)',
      group: 'Mail server',
      default: false,
      onlyWith: smtp,
    },
    {
      kind: 'text',
      key: 'reply_to',
      label: 'Reply-to address',
      group: 'Mail server',
      help: 'Replies go to this address. Leave empty to use the sender address.',
      pattern: mailAddress,
      expected: 'Enter an email address',
    },
    {
      kind: 'switch',
      key: 'enable_tenant_access',
      label: 'Apply mail server settings to all tenants',
      group: 'Mail server',
      help: 'Tenants without their own mail server use this one. They still need their own recipients.',
      default: true,
    },
    {
      kind: 'list',
      separator: ',',
      of: 'e-mail',
      key: 'recipients',
      label: 'Recipients',
      group: 'Recipients',
      help: 'They receive the events that are on below.',
      max: 15,
    },
    switchOf('notify_hard_disk_exceeded_threshold', 'Hard disk usage exceeds threshold'),
    thresholdOf('hard_disk_threshold', 'Hard disk threshold', 'notify_hard_disk_exceeded_threshold'),
    switchOf('notify_cpu_exceeded_threshold', 'CPU usage exceeds threshold'),
    thresholdOf('cpu_threshold', 'CPU threshold', 'notify_cpu_exceeded_threshold'),
    switchOf('notify_memory_exceeded_threshold', 'Memory usage exceeds threshold'),
    thresholdOf('memory_threshold', 'Memory threshold', 'notify_memory_exceeded_threshold'),
    switchOf('notify_ip_blocked', 'IP address blacklisted'),
    switchOf('notify_license_limited', 'License limit reached'),
    { ...switchOf('notify_service_disconnected', 'PBX service stopped or failed'), until: '22.5' },
    { ...switchOf('notify_service_status_changed', 'PBX service status changed'), since: '22.6' },
    { ...switchOf('notify_trunk_status_changed', 'Trunk status changed'), since: '22.6' },
    switchOf('notify_push_certs_update_failed', 'iOS push certificate update failed'),
  ],
})
