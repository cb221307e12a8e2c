import type { FieldSpec } from '../field'

export const digestFields = [
  {
    kind: 'switch',
    key: 'enable_digest_auth',
    label: 'Digest authentication',
    group: 'Digest authentication',
    help: 'Requires a password when phones register and call.',
    default: true,
    danger: {
      when: false,
      stops: true,
      text: 'No password is required: anyone who reaches the SIP ports can register as any extension and call at the tenants’ expense.',
    },
  },
  {
    kind: 'switch',
    key: 'enable_digest_auth_int',
    label: 'Digest auth-int (message integrity)',
    group: 'Digest authentication',
    help: 'Protects the message body as well. Many phones do not support it.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_auth_mid_dialog',
    label: 'Authenticate mid-dialog requests',
    group: 'Digest authentication',
    help: 'Requires the password for every further request of a call.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_reject_bad_nonce',
    label: 'Reject bad nonce (403)',
    group: 'Digest authentication',
    help: 'Rejects a bad nonce instead of sending a new challenge.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_www_auth',
    label: 'WWW authentication',
    group: 'Digest authentication',
    help: 'Challenges with 401 like a registrar instead of 407 like a proxy.',
    default: false,
  },
  {
    kind: 'switch',
    key: 'user_equal_required_for_auth_name',
    label: 'From user must match auth name',
    group: 'Digest authentication',
    help: 'Requires the authentication name as the user of the From header.',
    default: true,
    danger: { when: false, text: 'Extensions can call with the number of another extension.' },
  },
] as const satisfies readonly FieldSpec[]

const count = { kind: 'number', min: 0, neverBlank: true } as const
const seconds = { ...count, unit: 'seconds' } as const
const noBlock = { when: 0, text: 'Addresses are not blocked.' } as const
const noCheck = { when: 0, text: 'The check may be off, or may block the first packet.' } as const

export const webFields = [
  {
    kind: 'switch',
    key: 'enable_two_factor_authentication',
    label: 'Two-factor authentication (2FA)',
    group: 'Web login',
    help: 'Administrators and dealers also sign in with a code sent by email.',
    since: '22.6',
    danger: { when: true, text: 'Without a working mail server, no code arrives and sign-in is impossible.' },
  },
  {
    ...count,
    key: 'web_failed_auth_amount',
    label: 'Maximum failed sign-ins',
    group: 'Web login',
    help: 'Blocks an IP address after more failures than this. Users behind the same NAT share one address.',
    default: 5,
    danger: [
      { when: 0, text: 'The first mistyped password may block an address, or addresses are never blocked.' },
      { above: 20, text: 'Allows guessing administrator passwords.' },
    ],
  },
  {
    ...seconds,
    key: 'web_blacklist_time_interval',
    label: 'IP block duration',
    group: 'Web login',
    help: 'The block rule for the address expires after this time.',
    default: 3600,
    danger: [noBlock, { below: 60, text: 'Allows guessing passwords again after a short time.' }],
  },
] as const satisfies readonly FieldSpec[]

export const sipFields = [
  {
    ...seconds,
    key: 'sip_detection_period',
    label: 'Detection period',
    group: 'SIP anti-hacking',
    help: 'The limits below count per IP address within this time.',
    default: 10,
    danger: { when: 0, text: 'Nothing is counted, so the checks below are off.' },
  },
  {
    ...count,
    key: 'sip_failed_auth_amount',
    label: 'Failed authentication limit',
    group: 'SIP anti-hacking',
    help: 'Blocks an IP address after more failures than this in one detection period.',
    default: 50,
    danger: [noCheck, { above: 500, text: 'Allows guessing SIP passwords.' }],
  },
  {
    ...count,
    key: 'sip_failed_challenge_requests_amount',
    label: 'Failed challenge requests (407)',
    group: 'SIP anti-hacking',
    help: 'Blocks an IP address after more requests than this in one detection period that never answer the challenge.',
    default: 1000,
    danger: noCheck,
  },
  {
    ...seconds,
    key: 'sip_blacklist_time_interval',
    label: 'SIP blacklist interval',
    group: 'SIP anti-hacking',
    help: 'Blocks an IP address for this time when it exceeds one of the two limits above.',
    default: 3600,
    danger: noBlock,
  },
  {
    ...count,
    key: 'sip_barrier_1_packets',
    label: 'Level 1 packet limit',
    group: 'SIP anti-hacking',
    help: 'Blocks an IP address that sends more packets. The admin guide counts packets per second; the API reference names no unit.',
    default: 5000,
    danger: [noCheck, { below: 100, text: 'An office with many phones behind one address may be blocked.' }],
  },
  {
    ...seconds,
    key: 'sip_barrier_1_blocking_time',
    label: 'Level 1 blacklist interval',
    group: 'SIP anti-hacking',
    default: 3600,
    danger: noBlock,
  },
  {
    ...count,
    key: 'sip_barrier_2_packets',
    label: 'Level 2 packet limit',
    group: 'SIP anti-hacking',
    help: 'Blocks an IP address that sends more packets. The admin guide counts packets per second; the API reference names no unit.',
    default: 2000,
    danger: [noCheck, { below: 100, text: 'An office with many phones behind one address may be blocked.' }],
  },
  {
    ...seconds,
    key: 'sip_barrier_2_blocking_time',
    label: 'Level 2 blacklist interval',
    group: 'SIP anti-hacking',
    default: 30,
    danger: noBlock,
  },
] as const satisfies readonly FieldSpec[]

export const stirShakenFields = [
  {
    kind: 'pem',
    of: 'certificate',
    key: 'stir_shaken_cert',
    label: 'Public certificate',
    group: 'STIR/SHAKEN',
    help: 'Signs the caller ID of outgoing calls. Issued by a STIR/SHAKEN certificate authority.',
  },
  {
    kind: 'pem',
    of: 'private-key',
    key: 'stir_shaken_key',
    label: 'Private key',
    group: 'STIR/SHAKEN',
    help: 'The key of this certificate, without a passphrase. It is never shown; leave empty to keep the stored key.',
    secret: true,
  },
] as const satisfies readonly FieldSpec[]

export const customFields = [
  {
    kind: 'json',
    key: 'custom_options',
    label: 'Custom options',
    group: 'Custom options',
    help: 'A JSON object with options from PortSIP support. Do not add other options.',
  },
] as const satisfies readonly FieldSpec[]
