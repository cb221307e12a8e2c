import { describe, expect, it } from 'vitest'
import { noFilters, queryOf } from '@/features/ip-rules/rule-filters'
import { changesOf, differenceRows, inputFrom } from '@/features/ip-rules/rule-view'

const now = Date.parse('2026-06-01T12:00:00Z')
const before = { cidr: '10.0.0.0/8', target: 'DENY', expire_at: null, description: 'old' } as const

describe('queryOf', () => {
  it('leaves out what narrows nothing', () => expect(queryOf('  ', noFilters, undefined, now)).toEqual({}))
  it('joins search, filters and sort', () => {
    const filters = { action: 'DENY', ends: 'within-7', family: 'ipv6' } as const
    expect(queryOf(' x ', filters, { key: 'cidr', descending: true }, now)).toEqual({
      search: 'x',
      sort: { key: 'cidr', descending: true },
      filter: [
        { key: 'target', operator: 'eq', value: 'DENY' },
        { key: 'expire_at', operator: 'gt', value: '2026-06-01T12:00:00Z' },
        { key: 'expire_at', operator: 'le', value: '2026-06-08T12:00:00Z' },
        { key: 'cidr', operator: 'contains', value: ':' },
      ],
    })
  })
})

describe('a rule in the editor', () => {
  it('is sent in canonical form', () => {
    expect(inputFrom({ cidr: ' 41.202.7.9/16 ', target: 'ACCEPT', expire_at: '', description: null })).toEqual({
      cidr: '41.202.0.0/16',
      target: 'ACCEPT',
      expire_at: null,
      description: '',
    })
  })
  it('shows and sends only what changes', () => {
    const after = { ...before, description: 'new' }
    expect(differenceRows(before, after)).toEqual([
      { key: 'description', label: 'Description', before: 'old', after: 'new' },
    ])
    expect(changesOf(before, after)).toEqual({ description: 'new' })
  })
  it('says in words that a rule does not end', () => {
    expect(differenceRows(undefined, before).find((row) => row.key === 'expire_at')?.after).toBe('Never')
  })
})
