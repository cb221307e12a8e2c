import { expect, it } from 'vitest'
import { allowed, isUnknownTo } from '@shared/access/allowed'

const night = { role: 'Night Shift', version: '22.2', refused: ['network'], readable: ['tenants'] } as const

it.each([
  ['tenants', 'yes', false],
  ['network', 'no', false],
  ['transports', 'unknown', true],
] as const)('%s of a role that was probed is %s', (subject, expected, isUnknown) => {
  expect(allowed(night, subject, 'read')).toBe(expected)
  expect(isUnknownTo(night, subject)).toBe(isUnknown)
})

it('a page that was read may still refuse a change', () => expect(allowed(night, 'tenants', 'change')).toBe('unknown'))

it('a documented role has no unknown page', () => {
  expect(isUnknownTo({ role: 'SystemAdmin', version: '22.6' }, 'sbc-im')).toBe(false)
  expect(isUnknownTo({ role: 'Dealer' }, 'network')).toBe(false)
})
