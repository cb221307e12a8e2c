import { expect, test } from 'vitest'
import { matchTiers, type SearchHit } from '@shared/fleet/search'
import { hasDomain } from '@/features/customers/has-domain'

const hit = (more: Partial<SearchHit>): SearchHit => ({
  ...{ resource: 'tenants', serverId: 'a', serverName: 'A', record: '1', readAt: '', tier: matchTiers.exact },
  ...{ title: 'Kunde', detail: 'Domain: kunde.example' },
  ...more,
})

test.each<[string, boolean, Partial<SearchHit>]>([
  ['the domain of a tenant, however it is shown', true, { detail: '' }],
  ['a longer domain, or a part of one', false, { tier: matchTiers.text }],
  ['a tenant whose name begins with it', false, { tier: matchTiers.titleStart }],
  ['an assignment of the tenant', false, { resource: 'trunk-assignments' }],
])('%s', (_, expected, more) => {
  expect(hasDomain(hit(more))).toBe(expected)
})
