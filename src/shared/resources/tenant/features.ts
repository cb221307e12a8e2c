import type { FieldSpec } from '../field'

const group = 'Features'
const security = 'Security'
const on = { kind: 'switch', group, default: true, detailOnly: true } as const
const off = { kind: 'switch', group, default: false, detailOnly: true } as const

/** What the tenant may use. */
export const featureFields = [
  { ...on, key: 'enable_feature_call_statistics', label: 'Call statistics' },
  { ...on, key: 'enable_feature_contact_center', label: 'Contact center' },
  { ...on, key: 'enable_feature_message_channels', label: 'Message channels' },
  { ...on, key: 'enable_feature_microsoft_teams', label: 'Microsoft Teams' },
  { ...on, key: 'enable_feature_trunks', label: 'Trunks', help: 'Lets the tenant add its own trunks.' },
  { ...on, key: 'enable_feature_whats_app', label: 'WhatsApp' },
  { ...off, key: 'enable_feature_billing', label: 'Billing', help: 'Makes call billing available to the tenant.' },
  { ...off, key: 'enable_billing', label: 'Call billing' },
  {
    ...off,
    key: 'enable_night_mode',
    label: 'Night mode',
    help: 'Treats all calls as outside office hours.',
  },
] as const satisfies readonly FieldSpec[]

/** How its people sign in. */
export const securityFields = [
  {
    ...off,
    group: security,
    key: 'enable_two_factor_authentication',
    label: 'Two-factor authentication (2FA)',
    help: 'The PBX sends each code by email.',
    danger: { when: true, text: 'Without a working mail server, no code arrives. Send a test email first.' },
  },
  {
    ...off,
    group: security,
    key: 'password_force_reset',
    label: 'Require password change at first sign-in',
    help: 'Users of the tenant set a new password when they first sign in.',
  },
] as const satisfies readonly FieldSpec[]
