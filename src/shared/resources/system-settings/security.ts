import type { FieldSpec } from '../field'

export const digestFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_digest_auth',
    label: 'Digest authentication',
    group: 'Digest authentication',
    help: 'Asks phones for a password when they register and call.',
    default: true,
    danger: {
      when: false,
      stops: true,
      text: 'Nobody is asked for a password: whoever reaches the SIP ports can register as any extension and call at the tenants’ cost.',
    },
  },
  {
    kind: 'switch',
    key: 'enable_digest_auth_int',
    label: 'Integrity (auth-int)',
    group: 'Digest authentication',
    help: 'Covers the body of messages as well. Many phones do not know it.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_auth_mid_dialog',
    label: 'Ask within a call',
    group: 'Digest authentication',
    help: 'Asks for the password for every further request of a call, too.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_reject_bad_nonce',
    label: 'Refuse a wrong nonce',
    group: 'Digest authentication',
    help: 'Answers 403 to a nonce that does not fit, in place of a new challenge.',
    default: false,
    onlyWith: { key: 'enable_digest_auth', is: [true] },
  },
  {
    kind: 'switch',
    key: 'enable_www_auth',
    label: 'WWW authentication',
    group: 'Digest authentication',
    help: 'Challenges with 401 as a registrar does, in place of 407 as a proxy does.',
    default: false,
  },
  {
    kind: 'switch',
    key: 'user_equal_required_for_auth_name',
    label: 'User is the authentication name',
    group: 'Digest authentication',
    help: 'The user of the From header has to be the name that signs in.',
    default: true,
    danger: { when: false, text: 'An extension may call under the number of another one.' },
  },
]

const count = { kind: 'number', min: 0, neverBlank: true } as const
const seconds = { ...count, unit: 'seconds' } as const
const noBlock = { when: 0, text: 'Nobody is blocked for any length of time.' } as const
const noCheck = { when: 0, text: 'The check may be off altogether, or block the first packet.' } as const

export const webFields: readonly FieldSpec[] = [
  {
    kind: 'switch',
    key: 'enable_two_factor_authentication',
    label: 'Two-factor sign-in',
    group: 'Web anti-hacking',
    help: 'Administrators and dealers sign in with a code as well, which comes by mail.',
    since: '22.6',
    danger: { when: true, text: 'Without a mail server that works nobody gets a code, and nobody gets in.' },
  },
  {
    ...count,
    key: 'web_failed_auth_amount',
    label: 'Failed sign-ins',
    group: 'Web anti-hacking',
    help: 'More failed sign-ins than this from one address, and the address is blocked. Everybody behind the same NAT shares it.',
    default: 5,
    danger: [
      { when: 0, text: 'The first typing error may block an address, or nobody is ever blocked.' },
      { above: 20, text: 'Passwords of administrators can be tried out at length.' },
    ],
  },
  {
    ...seconds,
    key: 'web_blacklist_time_interval',
    label: 'Blocked for',
    group: 'Web anti-hacking',
    help: 'How long such an address stays on the list of IP rules.',
    default: 3600,
    danger: [noBlock, { below: 60, text: 'Passwords can be tried out again soon.' }],
  },
]

export const sipFields: readonly FieldSpec[] = [
  {
    ...seconds,
    key: 'sip_detection_period',
    label: 'Detection period',
    group: 'SIP anti-hacking',
    help: 'The time in which the following are counted, address by address.',
    default: 10,
    danger: { when: 0, text: 'Nothing is counted: the checks below are off.' },
  },
  {
    ...count,
    key: 'sip_failed_auth_amount',
    label: 'Failed authentications',
    group: 'SIP anti-hacking',
    help: 'More than this in a period, and the address is blocked.',
    default: 50,
    danger: [noCheck, { above: 500, text: 'SIP passwords can be tried out at length.' }],
  },
  {
    ...count,
    key: 'sip_failed_challenge_requests_amount',
    label: 'Unanswered challenges',
    group: 'SIP anti-hacking',
    help: 'Requests in a period that never answer the challenge, as a flood of them does.',
    default: 1000,
    danger: noCheck,
  },
  {
    ...seconds,
    key: 'sip_blacklist_time_interval',
    label: 'Blocked for (authentication)',
    group: 'SIP anti-hacking',
    help: 'How long an address is blocked after one of the two above.',
    default: 3600,
    danger: noBlock,
  },
  {
    ...count,
    key: 'sip_barrier_1_packets',
    label: 'Packets, level 1',
    group: 'SIP anti-hacking',
    help: 'More packets in a period than this are taken for an attack.',
    default: 5000,
    danger: [noCheck, { below: 100, text: 'An office with many phones behind one address may be blocked.' }],
  },
  {
    ...seconds,
    key: 'sip_barrier_1_blocking_time',
    label: 'Blocked for, level 1',
    group: 'SIP anti-hacking',
    default: 3600,
    danger: noBlock,
  },
  {
    ...count,
    key: 'sip_barrier_2_packets',
    label: 'Packets, level 2',
    group: 'SIP anti-hacking',
    help: 'More packets in a period than this slow a peer down for a short time.',
    default: 2000,
    danger: [noCheck, { below: 100, text: 'An office with many phones behind one address may be blocked.' }],
  },
  {
    ...seconds,
    key: 'sip_barrier_2_blocking_time',
    label: 'Blocked for, level 2',
    group: 'SIP anti-hacking',
    default: 30,
    danger: noBlock,
  },
]

export const stirShakenFields: readonly FieldSpec[] = [
  {
    kind: 'pem',
    of: 'certificate',
    key: 'stir_shaken_cert',
    label: 'Certificate',
    group: 'STIR/SHAKEN',
    help: 'Signs the caller ID of outgoing calls. It comes from an authority that may issue them.',
  },
  {
    kind: 'pem',
    of: 'private-key',
    key: 'stir_shaken_key',
    label: 'Private key',
    group: 'STIR/SHAKEN',
    help: 'The key of this certificate, without a passphrase. It is never shown again; left empty, the stored one stays.',
    secret: true,
  },
]

export const customFields: readonly FieldSpec[] = [
  {
    kind: 'json',
    key: 'custom_options',
    label: 'Custom options',
    group: 'Custom options',
    help: 'Options that the vendor’s support names, as JSON. Anything else is better left out.',
  },
]
