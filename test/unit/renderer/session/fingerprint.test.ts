import { expect, it } from 'vitest'
import { fingerprintGroups } from '@/features/session/fingerprint'

it('reads a fingerprint in groups of two bytes', () => {
  const groups = fingerprintGroups(
    Array.from({ length: 32 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':'),
  )
  expect(groups).toHaveLength(16)
  expect(groups[0]).toEqual({ text: '0001', differs: false })
})

it('marks exactly the groups that differ from the other one', () => {
  const groups = fingerprintGroups('AA:BB:CC:DD:EE:FF', 'AA:BB:CC:DE:EE:FF')
  expect(groups.map((group) => group.differs)).toEqual([false, true, false])
})
