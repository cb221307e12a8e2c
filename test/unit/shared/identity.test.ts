import { describe, expect, it, test } from 'vitest'
import { exportedOf } from '@shared/resources/exported'
import { conflictKeys, identityKey, identityText } from '@shared/resources/identity'
import { listIds, singleIds } from '@shared/resources/ids'
import { listOf, singleOf } from '@shared/resources/registry'
import { trunkAssignment } from '@shared/resources/trunk-assignment'

const isSame = (list: Parameters<typeof identityKey>[0], a: object, b: object): boolean =>
  identityKey(list, { ...a }) === identityKey(list, { ...b })

it.each([
  ['ip-rules', { cidr: '203.0.113.7/24', target: 'DENY' }, { cidr: '203.0.113.0/24', target: 'DENY', id: '7' }, true],
  ['ip-rules', { cidr: '2001:DB8::/32', target: 'DENY' }, { cidr: '2001:db8::/32', target: 'DENY' }, true],
  ['ip-rules', { cidr: '203.0.113.0/24', target: 'DENY' }, { cidr: '203.0.113.0/24', target: 'ACCEPT' }, false],
  ['tenants', { domain: 'Acme.example', name: 'Acme' }, { domain: 'acme.example', name: 'Other' }, true],
  ['tenants', { domain: 'a.example', name: 'Acme' }, { domain: 'b.example', name: 'Acme' }, false],
  ['dealers', { name: 'Nord', level: 'RESELLER' }, { name: 'nord', level: 'DISTRIBUTOR' }, true],
  ['transports', { protocol: 'UDP', port: 5060 }, { protocol: 'UDP', port: 5060, verification: 'DISABLE' }, true],
  ['transports', { protocol: 'UDP', port: 5060 }, { protocol: 'TCP', port: 5060 }, false],
] as const)('%s: %o and %o are the same: %o', (id, a, b, same) => {
  expect(isSame(listOf(id), a, b)).toBe(same)
})

test('the assignments of a trunk to a tenant are the same across servers by their names, whatever their IDs are', () => {
  const list = exportedOf('trunk-assignments')
  const here = { trunk_id: '1', trunk_name: 'Sipgate', tenant_id: '2', tenant_domain: 'acme.example' }
  expect(isSame(list, here, { ...here, trunk_id: '7', tenant_id: '8', did_numbers: '3000' })).toBe(true)
  expect(isSame(list, here, { ...here, tenant_domain: 'other.example' })).toBe(false)
  expect(identityText(list, here)).toBe('Sipgate acme.example')
})

test('a server has one of a single resource, so two of them are the same', () => {
  for (const id of singleIds) expect(isSame(singleOf(id), { any: 1 }, { any: 2 })).toBe(true)
  expect(trunkAssignment.identity).toEqual([])
})

test('a record without its identity is the same as no other', () => {
  for (const id of listIds) expect([identityKey(listOf(id), {}), conflictKeys(listOf(id), {})]).toEqual([undefined, []])
})

test('identities are not mixed up where values have blanks', () => {
  const list = { ...exportedOf('trunk-assignments') }
  expect(isSame(list, { trunk_name: 'a b', tenant_domain: 'c' }, { trunk_name: 'a', tenant_domain: 'b c' })).toBe(false)
})

describe('a new record is in conflict', () => {
  const share = (id: 'tenants' | 'transports' | 'dealers', a: object, b: object): boolean =>
    conflictKeys(listOf(id), { ...a }).some((key) => conflictKeys(listOf(id), { ...b }).includes(key))

  it('with one of the same identity, and with one that has a value that a server has only once', () => {
    expect(share('transports', { protocol: 'UDP', port: 5060 }, { protocol: 'TCP', port: 5060 })).toBe(true)
    expect(share('tenants', { name: 'Acme', domain: 'a.example' }, { name: 'acme', domain: 'b.example' })).toBe(true)
    expect(share('dealers', { name: 'Nord' }, { name: 'nord' })).toBe(true)
  })
  it('with no other', () => {
    expect(share('transports', { protocol: 'UDP', port: 5060 }, { protocol: 'UDP', port: 5061 })).toBe(false)
    expect(share('tenants', { name: 'a', domain: 'b' }, { name: 'b', domain: 'a' })).toBe(false)
  })
})
