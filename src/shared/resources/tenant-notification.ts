import { mailServerFields, recipientsField } from './mail-server'
import { defineSingle } from './resource'

const eventOf = <const K extends string>(key: K, label: string, help?: string) =>
  ({ kind: 'switch', key, label, group: 'Notification events', default: false, ...(help && { help }) }) as const

const ofQueueManager = 'The email goes to the queue manager.'

/** The mail server of the tenant whose administrator is signed in, and what it writes (GET and POST /tenant/notification). */
export const tenantNotification = defineSingle({
  id: 'tenant-notification',
  label: 'Notifications',
  singular: 'notification settings',
  path: '/tenant/notification',
  roles: ['Admin'],
  fields: [
    ...mailServerFields,
    {
      kind: 'switch',
      key: 'enable_system_email_server',
      label: 'System mail server',
      group: 'Mail server',
      help: 'Set by the administrator of the PBX: tenants without their own mail server may use that of the PBX.',
      readOnly: true,
    },
    recipientsField,
    eventOf('notify_user_registration', 'User registered'),
    eventOf('notify_queue_sla_breached', 'Queue SLA time breached', ofQueueManager),
    eventOf('notify_queue_callback', 'Queue callback made', ofQueueManager),
    eventOf('notify_queue_callback_failed', 'Queue callback failed', ofQueueManager),
    eventOf('notify_queue_call_lost', 'Queue call lost', ofQueueManager),
  ],
})
