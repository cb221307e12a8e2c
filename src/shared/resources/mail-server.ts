import { mailAddress } from '../domain/test-mail'
import type { Danger, FieldSpec } from './field'
import { port } from './port'

const smtp = { key: 'type', is: ['SMTP'] } as const

/** The step that no API takes. */
const consent = (when: string, service: string): Danger => ({
  when,
  text: `${service} requires a sign-in and consent in the PBX web portal, which this app cannot do. Until then no email is sent, including sign-in codes.`,
})

/** How a mail server is reached, the same for the PBX and for a tenant. */
export const mailServerFields = [
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
    danger: {
      when: true,
      together: { key: 'enable_tls_ssl', is: true },
      text: 'TLS/SSL is on, too. PortSIP does not document which of them is used: turn on TLS/SSL for port 465, STARTTLS for port 587.',
    },
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
] as const satisfies readonly FieldSpec[]

/** Who receives the events of a form. */
export const recipientsField = {
  kind: 'list',
  separator: ',',
  of: 'email',
  key: 'recipients',
  label: 'Recipients',
  group: 'Recipients',
  help: 'They receive the events that are on below.',
  max: 15,
} as const satisfies FieldSpec
