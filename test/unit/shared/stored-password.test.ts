import { expect, it } from 'vitest'
import { emptyServerDraft } from '@shared/domain/server'
import { forgetsPassword } from '@shared/domain/stored-password'

const before = {
  ...emptyServerDraft,
  address: 'https://pbx.example.com:8887',
  secondAddress: 'https://10.0.0.5:8887',
  username: 'admin',
  remember: true,
}

it.each([
  ['another username', { username: 'jane' }],
  ['another tenant', { domain: 'acme.example.com' }],
  ['another host', { address: 'other.example.com' }],
  ['another second host', { secondAddress: '10.0.0.6' }],
  ['no wish to remember it', { remember: false }],
])('the stored password goes with %s', (_, change) =>
  expect(forgetsPassword(before, { ...before, ...change })).toBe(true),
)

it.each([
  ['nothing', {}],
  ['the name', { name: 'Acme' }],
  ['the port', { address: 'pbx.example.com:9999' }],
  ['the way the address is typed', { address: 'PBX.example.com' }],
  ['the order of the addresses', { address: '10.0.0.5', secondAddress: 'pbx.example.com' }],
  ['an address that is not complete', { address: 'https://' }],
])('it stays if the change is %s', (_, change) => expect(forgetsPassword(before, { ...before, ...change })).toBe(false))
