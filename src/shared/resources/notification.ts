import { mailAddress } from '../domain/test-mail'
import type { Danger } from './field'
import { port } from './port'
import { defineSingle } from './resource'

const smtp = { key: 'type', is: ['SMTP'] } as const

/** The step that no API takes. */
const consent = (when: string, service: string): Danger => ({
  when,
  text: `${service} sends only after somebody signed in to it in the web portal of the PBX and gave consent there; this app cannot do that step. Until then no mail goes out, codes for signing in neither.`,
})

const switchOf = (key: string, label: string) =>
  ({ kind: 'switch', key, label, group: 'Say by mail', default: false }) as const

const thresholdOf = (key: string, label: string, notify: string) =>
  ({
    kind: 'share',
    key,
    label,
    group: 'Say by mail',
    neverBlank: true,
    help: '0 is off.',
    onlyWith: { key: notify, is: [true] },
    danger: { when: 0, text: 'At 0 no mail is sent, although the mail is switched on.' },
  }) as const

/** The mail server of the whole PBX, and what it writes to whom (GET and POST /admin/notification). */
export const notification = defineSingle({
  id: 'notification',
  label: 'Notifications',
  one: 'notification settings',
  path: '/admin/notification',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'choice',
      key: 'type',
      label: 'Mail by',
      group: 'Mail server',
      required: true,
      choices: [
        { value: 'SMTP', label: 'SMTP server' },
        { value: 'MS365', label: 'Microsoft 365' },
        { value: 'GMAIL', label: 'Gmail' },
      ],
      danger: [consent('MS365', 'Microsoft 365'), consent('GMAIL', 'Gmail')],
    },
    { kind: 'text', key: 'server', label: 'Server', group: 'Mail server', onlyWith: smtp },
    {
      ...port,
      key: 'port',
      label: 'Port',
      group: 'Mail server',
      help: 'Usual: 465 with TLS, 587 with STARTTLS.',
      neverBlank: true,
      onlyWith: smtp,
      danger: { when: 25, text: 'Many networks block port 25.' },
    },
    {
      kind: 'text',
      key: 'username',
      label: 'User name',
      group: 'Mail server',
      help: 'Mostly the mail address. It is asked for without authentication as well.',
      required: true,
      maxLength: 128,
    },
    {
      kind: 'secret',
      key: 'password',
      label: 'Password',
      group: 'Mail server',
      help: 'The PBX never gives it back. Left empty, the stored one stays.',
      writeOnly: true,
      onlyWith: smtp,
    },
    {
      kind: 'choice',
      key: 'auth',
      label: 'Authentication',
      group: 'Mail server',
      default: 'AUTO',
      onlyWith: smtp,
      danger: { when: 'DISABLE', text: 'Most mail servers refuse mail from somebody who did not sign in.' },
      choices: [
        { value: 'AUTO', label: 'Automatic' },
        { value: 'LOGIN', label: 'LOGIN' },
        { value: 'PLAIN', label: 'PLAIN' },
        { value: 'DISABLE', label: 'None' },
      ],
    },
    {
      kind: 'switch',
      key: 'enable_tls_ssl',
      label: 'TLS',
      group: 'Mail server',
      default: true,
      onlyWith: smtp,
      danger: { when: false, text: 'Without STARTTLS either, the password goes over the network in clear.' },
    },
    {
      kind: 'switch',
      key: 'enable_starttls_auto',
      label: 'STARTTLS where offered',
      group: 'Mail server',
      default: false,
      onlyWith: smtp,
    },
    {
      kind: 'text',
      key: 'reply_to',
      label: 'Answers to',
      group: 'Mail server',
      help: 'The address that answers to such mail go to; empty where it is the sender.',
      pattern: mailAddress,
      expected: 'Enter an email address',
    },
    {
      kind: 'switch',
      key: 'enable_tenant_access',
      label: 'Tenants use it, too',
      group: 'Mail server',
      help: 'Tenants without a mail server of their own send by this one. They still need recipients of their own.',
      default: true,
    },
    {
      kind: 'list',
      separator: ',',
      of: 'e-mail',
      key: 'recipients',
      label: 'Recipients',
      group: 'Recipients',
      help: 'Who is told of what is switched on below.',
      max: 15,
    },
    switchOf('notify_hard_disk_exceeded_threshold', 'Disk above its threshold'),
    thresholdOf('hard_disk_threshold', 'Threshold of the disk', 'notify_hard_disk_exceeded_threshold'),
    switchOf('notify_cpu_exceeded_threshold', 'CPU above its threshold'),
    thresholdOf('cpu_threshold', 'Threshold of the CPU', 'notify_cpu_exceeded_threshold'),
    switchOf('notify_memory_exceeded_threshold', 'Memory above its threshold'),
    thresholdOf('memory_threshold', 'Threshold of the memory', 'notify_memory_exceeded_threshold'),
    switchOf('notify_ip_blocked', 'An IP address was blocked'),
    switchOf('notify_license_limited', 'The licence is at its limit'),
    { ...switchOf('notify_service_disconnected', 'A service was disconnected'), until: '22.5' },
    { ...switchOf('notify_service_status_changed', 'The state of a service changed'), since: '22.6' },
    { ...switchOf('notify_trunk_status_changed', 'The state of a trunk changed'), since: '22.6' },
    switchOf('notify_push_certs_update_failed', 'Push certificates could not be renewed'),
  ],
})
