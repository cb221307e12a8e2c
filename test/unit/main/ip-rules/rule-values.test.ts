import { describe, expect, it } from 'vitest'
import { changedKeys, normalised, outcome } from '../../../../src/main/services/ip-rules/rule-values'

const sent = { cidr: '10.0.0.0/8', target: 'DENY', expire_at: '2027-01-01T00:00:00Z', description: '' } as const

describe('what was sent and what is found', () => {
  it('are equal when only the writing differs', () => {
    const found = { cidr: '10.0.0.0/8', target: 'DENY', expire_at: '2027-01-01T00:00:00.000Z', description: null }
    expect(changedKeys(sent, found)).toEqual([])
  })

  it('differ where the meaning does', () => {
    const after = { id: '1', cidr: '10.0.0.0/9', target: 'DENY', expire_at: null, description: 'x' } as const
    expect(outcome(sent, after).differences).toEqual([
      { key: 'cidr', sent: '10.0.0.0/8', found: '10.0.0.0/9' },
      { key: 'expire_at', sent: '2027-01-01T00:00:00Z', found: '' },
      { key: 'description', sent: '', found: 'x' },
    ])
  })

  it('are compared only in the fields that were sent', () => {
    expect(changedKeys({ description: 'a' }, { ...sent, description: 'a' })).toEqual([])
  })
})

describe('normalised', () => {
  it('clears host bits', () => expect(normalised({ cidr: '41.202.7.9/16' }).cidr).toBe('41.202.0.0/16'))
  it('names the field that cannot be read', () => {
    expect(() => normalised({ cidr: '10.0.0.256' })).toThrow(
      expect.objectContaining({
        detail: expect.objectContaining({ fields: [expect.objectContaining({ path: 'cidr' })] }),
      }),
    )
  })
})
