import { expect, test } from 'vitest'
import type { SearchHit } from '@shared/fleet/search'
import { hasDomain } from '@/features/customers/has-domain'

const hit = (more: Partial<SearchHit>): SearchHit => ({
  ...{ resource: 'tenants', serverId: 'a', serverName: 'A', record: '1', readAt: '', tier: 0 },
  ...{ title: 'Kunde', detail: 'kunde.example · On · Europe/Berlin' },
  ...more,
})

test.each<[string, boolean, Partial<SearchHit>, string]>([
  ['the domain of a tenant', true, {}, 'kunde.example'],
  ['in other case, with spaces', true, {}, ' KUNDE.example '],
  ['a tenant named like its domain', true, { title: 'kunde.example', detail: 'On' }, 'kunde.example'],
  ['a part of the domain', false, {}, 'unde.example'],
  ['a longer domain', false, { detail: 'sub.kunde.example · On' }, 'kunde.example'],
  ['an assignment of the tenant', false, { resource: 'trunk-assignments' }, 'kunde.example'],
  ['nothing typed', false, { title: '' }, ''],
])('%s', (_, expected, more, domain) => {
  expect(hasDomain(hit(more), domain)).toBe(expected)
})
