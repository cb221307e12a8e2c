import { describe, expect, it } from 'vitest'
import { ipRule } from '@shared/resources/ip-rule'
import { normalValues } from '@shared/resources/normal'
import { changesOf, differenceRows, formFields, startValues } from '@/features/records/record-form'

const fields = formFields(ipRule, undefined)
const before = { cidr: '10.0.0.0/8', target: 'DENY', expire_at: null, description: 'old' }

describe('a rule in the editor', () => {
  it('begins as a DENY without an end', () => {
    expect(startValues(fields)).toEqual({ cidr: null, target: 'DENY', expire_at: null, description: null })
  })
  it('is sent in canonical form, and what cannot be read stays', () => {
    expect(normalValues(fields, { cidr: ' 41.202.7.9/16 ', target: 'ACCEPT' })).toEqual({
      cidr: '41.202.0.0/16',
      target: 'ACCEPT',
    })
    expect(normalValues(fields, { cidr: '10.0.0.256' })).toEqual({ cidr: '10.0.0.256' })
  })
  it('shows and sends only what changes', () => {
    const after = { ...before, description: 'new' }
    expect(differenceRows(fields, before, after)).toEqual([
      { key: 'description', label: 'Description', before: 'old', after: 'new' },
    ])
    expect(changesOf(fields, before, after)).toEqual({ description: 'new' })
  })
  it('shows that a rule does not expire', () => {
    expect(differenceRows(fields, undefined, before).find((row) => row.key === 'expire_at')?.after).toBe('Never')
  })
})
