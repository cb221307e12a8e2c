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
const event = (
  object: string,
  group: string,
  url: string,
  enabled: { label: string; help?: string },
): readonly FieldSpec[] => {
  const of = { group, detailOnly: true } as const
  const withName = { onlyWith: { key: `${object}.auth`, is: ['BASIC', 'DIGEST'] } } as const
  return [
    { ...of, ...enabled, kind: 'switch', key: `${object}.enabled`, default: false },
    {
      ...of,
      kind: 'text',
      key: `${object}.url`,
      label: url,
      help: 'The PBX sends each event to this address.',
      minLength: 1,
      maxLength: 128,
    },
    { ...of, kind: 'choice', key: `${object}.auth`, label: 'Authentication method', default: 'DISABLE', choices: auth },
    {
      ...of,
      ...withName,
      kind: 'text',
      key: `${object}.username`,
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
      key: `${object}.password`,
      label: 'Password',
      help: `${expected}.`,
      minLength: 6,
      maxLength: 64,
      pattern: account,
    },
    {
      ...of,
      kind: 'secret',
      key: `${object}.token`,
      label: 'Bearer token',
      onlyWith: { key: `${object}.auth`, is: ['BEARER'] },
    },
  ]
}

export const eventFields: readonly FieldSpec[] = [
  ...event('cdr_event', 'CDR events', 'CDR URL', { label: 'Send CDR events' }),
  ...event('extension_event', 'Extension events', 'Event URL', {
    label: 'Send extension events',
    help: 'Sends call, presence and queue states. Changed settings are not sent.',
  }),
]
