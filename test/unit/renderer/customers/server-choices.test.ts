import { expect, test } from 'vitest'
import type { Usage } from '@shared/domain/server-facts'
import { dealerLimits, facts, limits, row } from '../../shared/fleet/sample'
import { serverChoices } from '@/features/customers/server-choices'

const named = (name: string, users: Usage, more: Parameters<typeof row>[0] = {}) =>
  row({ ...more, server: { id: name, name, ...more.server }, facts: facts({ limits: { ...limits, users } }) })

test('the server with the most free licensed users is first, and one that did not report them is after the others', () => {
  const choices = serverChoices([
    named('Few', { used: 95, limit: 100 }),
    named('Not reported', { used: 1 }),
    named('Many', { used: 100, limit: 500 }),
    named('Over the limit', { used: 302, limit: 300 }),
  ])
  expect(choices.map(({ name, freeUsers }) => [name, freeUsers])).toEqual([
    ['Many', 400],
    ['Few', 5],
    ['Over the limit', 0],
    ['Not reported', undefined],
  ])
  expect(choices[0]).toMatchObject({
    obstacle: '',
    userLimit: 500,
    owner: 'server',
    freeCalls: 50,
    readAt: limits.readAt,
  })
})

test('servers that cannot be used are last, with the reason', () => {
  const free = { used: 0, limit: 1000 }
  const choices = serverChoices([
    named('Read-only', free, { server: { protection: 'read-only' } }),
    named('Paused', free, { server: { paused: true } }),
    named('Signed out', free, { session: { phase: 'signed-out' } }),
    named('Tenant', free, { session: { role: 'Admin' } }),
    named('Dealer', { used: 9, limit: 10 }, { session: { role: 'Dealer' } }),
  ])
  expect(choices.map(({ name, obstacle }) => [name, obstacle])).toEqual([
    ['Dealer', ''],
    ['Paused', 'Paused'],
    ['Read-only', 'Read-only'],
    ['Signed out', 'Signed out'],
    ['Tenant', 'No permission'],
  ])
})

test('what is left of the limits of a dealer is not compared with free licenses', () => {
  const dealer = (name: string, used: number) =>
    row({
      server: { id: name, name },
      session: { role: 'Dealer' },
      facts: facts({ limits: dealerLimits({ used, limit: 9000 }) }),
    })
  const choices = serverChoices([
    dealer('Dealer, few', 8990),
    named('Not reported', { used: 1 }),
    dealer('Dealer, many', 10),
    named('License', { used: 90, limit: 100 }),
  ])
  expect(choices.map(({ name, owner, freeUsers }) => [name, owner, freeUsers])).toEqual([
    ['License', 'server', 10],
    ['Dealer, many', 'dealer', 8990],
    ['Dealer, few', 'dealer', 10],
    ['Not reported', 'server', undefined],
  ])
})
