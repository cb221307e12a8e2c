import type { FieldChoice, FieldSpec } from '../field'

const auth: readonly FieldChoice[] = [
  { value: 'DISABLE', label: 'None' },
  { value: 'BASIC', label: 'Basic' },
  { value: 'DIGEST', label: 'Digest' },
  { value: 'BEARER', label: 'Bearer' },
]
const account = '[a-z0-9]{6,64}'
const expected = '6 to 64 lowercase letters and digits'

/**
 * An event that the PBX sends to a web server of the tenant. The API's reference gives the pattern of the username to the URL, too, which no URL could
 * fit: only its length is checked.
 */
const event = <const O extends string>(
  object: O,
  group: string,
  url: string,
  enabled: { label: string; help?: string },
) => {
  const of = { group, detailOnly: true } as const
  const withName = { onlyWith: { key: `${object}.auth` as const, is: ['BASIC', 'DIGEST'] } } as const
  return [
    { ...of, ...enabled, kind: 'switch', key: `${object}.enabled` as const, default: false },
    {
      ...of,
      kind: 'text',
      key: `${object}.url` as const,
      label: url,
      help: 'The PBX sends each event to this address.',
      minLength: 1,
      maxLength: 128,
    },
    {
      ...of,
      kind: 'choice',
      key: `${object}.auth` as const,
      label: 'Authentication method',
      default: 'DISABLE',
      choices: auth,
    },
    {
      ...of,
      ...withName,
      kind: 'text',
      key: `${object}.username` as const,
      label: 'Username',
      minLength: 6,
      maxLength: 64,
      pattern: account,
      expected,
    },
    {
      ...of,
      ...withName,
      kind: 'secret',
      key: `${object}.password` as const,
      label: 'Password',
      help: `${expected}.`,
      minLength: 6,
      maxLength: 64,
      pattern: account,
    },
    {
      ...of,
      kind: 'secret',
      key: `${object}.token` as const,
      label: 'Bearer token',
      onlyWith: { key: `${object}.auth` as const, is: ['BEARER'] },
    },
  ] as const satisfies readonly FieldSpec[]
}

export const eventFields = [
  ...event('cdr_event', 'CDR events', 'CDR URL', { label: 'Send CDR events' }),
  ...event('extension_event', 'Extension events', 'Event URL', {
    label: 'Send extension events',
    help: 'Sends call, presence and queue states. Changed settings are not sent.',
  }),
] as const satisfies readonly FieldSpec[]
