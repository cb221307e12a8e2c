import { mailServerFields, recipientsField } from './mail-server'
import { defineSingle } from './resource'

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
    ...mailServerFields,
    {
      kind: 'switch',
      key: 'enable_tenant_access',
      label: 'Apply mail server settings to all tenants',
      group: 'Mail server',
      help: 'Tenants without their own mail server use this one. They still need their own recipients.',
      default: true,
    },
    recipientsField,
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
