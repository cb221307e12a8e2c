import { describe, expect, it } from 'vitest'
import { listQuery } from '@/components/table/list-query'
import { filterTerms, noFilters } from '@/features/ip-rules/rule-filters'

const now = Date.parse('2026-06-01T12:00:00Z')

describe('the query of a list of rules', () => {
  it('leaves out what narrows nothing', () =>
    expect(listQuery('  ', filterTerms(noFilters, now), undefined)).toEqual({}))
  it('joins search, filters and sort', () => {
    const filters = { action: 'DENY', ends: 'within-7', family: 'ipv6' } as const
    expect(listQuery(' x ', filterTerms(filters, now), { key: 'cidr', descending: true })).toEqual({
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
