import type { FieldChoice, FieldSpec } from '../field'

const auth: readonly FieldChoice[] = [
  { value: 'DISABLE', label: 'None' },
  { value: 'BASIC', label: 'Basic' },
  { value: 'DIGEST', label: 'Digest' },
  { value: 'BEARER', label: 'Bearer' },
]
const account = '[a-z0-9]{6,64}'
const expected = '6 to 64 small letters and digits'

/**
 * An event that the PBX sends to a web server of the tenant. The API's reference gives the pattern of the user name to the URL, too, which no URL could
 * fit: only its length is checked.
 */
const event = (object: string, group: string, what: string): readonly FieldSpec[] => {
  const of = { group, detailOnly: true } as const
  const withName = { onlyWith: { key: `${object}.auth`, is: ['BASIC', 'DIGEST'] } } as const
  return [
    { ...of, kind: 'switch', key: `${object}.enabled`, label: `Send ${what}`, default: false },
    {
      ...of,
      kind: 'text',
      key: `${object}.url`,
      label: 'URL',
      help: 'Where the PBX sends each of them.',
      minLength: 1,
      maxLength: 128,
    },
    { ...of, kind: 'choice', key: `${object}.auth`, label: 'Authentication', default: 'DISABLE', choices: auth },
    {
      ...of,
      ...withName,
      kind: 'text',
      key: `${object}.username`,
      label: 'User name',
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
      label: 'Token',
      onlyWith: { key: `${object}.auth`, is: ['BEARER'] },
    },
  ]
}

export const eventFields: readonly FieldSpec[] = [
  ...event('cdr_event', 'Call record events', 'call records'),
  ...event('extension_event', 'Extension events', 'changes of extensions'),
]
