import { describe, expect, it } from 'vitest'
import { count, fill, share } from '@/features/overview/numbers'

describe('share', () => {
  it('is between 0 and 1, also where more is used than allowed', () => {
    expect(share(50, 200)).toBe(0.25)
    expect(share(300, 200)).toBe(1)
  })

  it('is unknown without a limit', () => {
    expect(share(50, 0)).toBeUndefined()
    expect(share(50, null)).toBeUndefined()
    expect(share(undefined, 10)).toBeUndefined()
  })
})

describe('fill', () => {
  it('warns from 80 % and alarms from 95 %', () => {
    expect([0.5, 0.8, 0.95].map(fill)).toEqual(['ok', 'warn', 'danger'])
  })
})

describe('count', () => {
  it('shows a dash for values that the PBX did not return', () => expect(count(null)).toBe('–'))
})
