import type { FieldSpec } from '../field'

const group = 'Features'
const security = 'Security'
const on = { kind: 'switch', group, default: true, detailOnly: true } as const
const off = { kind: 'switch', group, default: false, detailOnly: true } as const

/** What the tenant may use. */
export const featureFields = [
  { ...on, key: 'enable_feature_call_statistics', label: 'Call statistics' },
  { ...on, key: 'enable_feature_contact_center', label: 'Contact centre' },
  { ...on, key: 'enable_feature_message_channels', label: 'Message channels' },
  { ...on, key: 'enable_feature_microsoft_teams', label: 'Microsoft Teams' },
  { ...on, key: 'enable_feature_trunks', label: 'Trunks of its own' },
  { ...on, key: 'enable_feature_whats_app', label: 'WhatsApp' },
  { ...off, key: 'enable_feature_billing', label: 'Billing may be used' },
  { ...off, key: 'enable_billing', label: 'Calls are billed' },
  {
    ...off,
    key: 'enable_night_mode',
    label: 'Night mode',
    help: 'Calls are treated as outside the office hours, whatever the time.',
  },
] as const satisfies readonly FieldSpec[]

/** How its people sign in. */
export const securityFields = [
  {
    ...off,
    group: security,
    key: 'enable_two_factor_authentication',
    label: 'Second step at sign-in',
    help: 'The PBX sends each code by e-mail.',
    danger: { when: true, text: 'Without a mail server that works nobody gets a code. Send a test e-mail first.' },
  },
  {
    ...off,
    group: security,
    key: 'password_force_reset',
    label: 'First password must be changed',
    help: 'People of the tenant choose a password of their own at their first sign-in.',
  },
] as const satisfies readonly FieldSpec[]
