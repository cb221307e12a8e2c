import { expect, test } from 'vitest'
import { failureText } from '@main/services/plans/failure-text'

const write = { kind: 'create', serverId: 'a', resource: 'tenants', identity: 'Contoso', changes: {} } as never

test('the reason for a refused step names the fields and what the server says about each', () => {
  const fields = [
    { path: 'max_extensions', message: 'The dealer may create 50 extensions.' },
    { path: 'domain', message: 'The domain belongs to another tenant' },
  ]
  expect(
    failureText({ write }, { error: { code: 'rejected', message: 'The server refused the values.', fields } }),
  ).toBe(
    'The server refused the values. Maximum extensions: The dealer may create 50 extensions. SIP domain: The domain belongs to another tenant',
  )
})

test('what the message says already is not repeated', () => {
  const fields = [{ path: 'domain', message: 'In use' }]
  expect(failureText({ write }, { error: { code: 'rejected', message: 'SIP domain: In use', fields } })).toBe(
    'SIP domain: In use',
  )
  expect(failureText({ write }, {})).toBe('')
})
