import { expect, test } from 'vitest'
import { singleIds } from '@shared/resources/ids'
import { listOf, singleOf } from '@shared/resources/registry'
import { partsOf } from '@/features/rollouts/elsewhere'

test('of changed settings, secrets and values of the server itself are left out with the reason', () => {
  const mail = partsOf(singleOf('notification'), { recipients: 'a@example.com', password: 'x' }, false)
  expect(mail).toEqual({
    sent: { recipients: 'a@example.com' },
    rows: [{ key: 'recipients', label: 'Recipients', after: 'a@example.com' }],
    leftOut: [{ key: 'password', text: 'Password is not applied: Secrets are set on each server.' }],
    problem: '',
  })
  const addresses = partsOf(singleOf('network'), { public_ipv4: '' }, false)
  expect(addresses.leftOut).toEqual([
    { key: 'public_ipv4', text: 'Public IPv4 address is not applied: Each server has its own addresses.' },
  ])
  expect(addresses.problem).toBe('None of the changed fields can be applied to other servers')
})

test('a field that was cleared is sent, too', () => {
  expect(partsOf(singleOf('network'), { secondary_dns_server: null }, false)).toMatchObject({
    sent: { secondary_dns_server: null },
    rows: [{ key: 'secondary_dns_server', after: '' }],
  })
})

test('of a new record, only fields with a value are shown; one that requires a secret cannot be applied', () => {
  const rule = partsOf(listOf('ip-rules'), { cidr: '9.9.9.9/32', target: 'DENY', description: null }, true)
  expect(rule.rows.map(({ key }) => key)).toEqual(['cidr', 'target'])
  expect(rule.problem).toBe('')
  const dealer = partsOf(listOf('dealers'), { name: 'reseller', password: null }, true)
  expect(dealer.problem).toBe('Password is required, but never applied to other servers')
  expect(dealer.leftOut.map(({ key }) => key)).toEqual(['password'])
})

test('every address of a resource that a server has once is its own', () => {
  const addresses = singleIds.flatMap((id) => singleOf(id).fields.filter(({ kind }) => kind === 'address'))
  expect(addresses.length).toBeGreaterThan(7)
  expect(addresses.filter(({ perServer }) => perServer === undefined)).toEqual([])
})
