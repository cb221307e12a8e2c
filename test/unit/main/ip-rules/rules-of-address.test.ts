import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ListQuery } from '@shared/domain/page'
import { sourceOf } from '@main/services/exports/sources'
import { resourceHooks } from '@main/services/resource-hooks'
import { confirmed, startRules, type StartedRules } from './practice'

let rules: StartedRules

const ranges = [
  '198.51.0.0/16',
  '198.51.100.0/24',
  '198.51.100.9/32',
  '198.51.100.90/32',
  '192.0.2.0/24',
  '2001:db8:7::/48',
]

beforeEach(async () => {
  rules = await startRules()
  const { service, at } = rules
  for (const [place, cidr] of ranges.entries()) {
    const values = {
      cidr,
      target: 'DENY',
      description: cidr === '192.0.2.0/24' ? 'like 198.51.100.9' : `rule ${place}`,
    }
    await service.create({ ...at, values, confirmation: confirmed })
  }
})
afterEach(() => rules.close())

async function found(query: ListQuery): Promise<readonly unknown[]> {
  const { service, at } = rules
  const page = await service.list({ ...at, query: { offset: 0, limit: 100, ...query } })
  expect(page.count).toBe(page.items.length)
  return page.items.map(({ cidr }) => cidr)
}

it('an address finds the ranges that contain it, the most specific one first, and descriptions that mention it', async () => {
  expect(await found({ search: '198.51.100.9' })).toEqual([
    '198.51.100.9/32',
    '198.51.100.0/24',
    '192.0.2.0/24',
    '198.51.0.0/16',
  ])
  expect(await found({ search: '2001:db8:7:1::1' })).toEqual(['2001:db8:7::/48'])
})

it('an IPv4-mapped address finds what its IPv4 address finds', async () => {
  const rulesOf = ['198.51.100.9/32', '198.51.100.0/24', '198.51.0.0/16']
  for (const search of ['::ffff:198.51.100.9', '::FFFF:c633:6409', '[::ffff:198.51.100.9]:5060'])
    expect(await found({ search })).toEqual(rulesOf)
  expect(await found({ search: '::ffff:198.51.100.0/121' })).toEqual(await found({ search: '198.51.100.0/25' }))
})

it('a range finds what it contains, too, and the beginning of an address is a text', async () => {
  expect(new Set(await found({ search: '198.51.100.0/25' }))).toEqual(
    new Set(['198.51.0.0/16', '198.51.100.0/24', '198.51.100.9/32', '198.51.100.90/32']),
  )
  expect(await found({ search: '198.51.100.9', filter: [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] })).toEqual(
    [],
  )
  expect((await found({ search: '198.51.100' })).length).toBe(4)
})

it('an export of the search has the rows of the table', async () => {
  const { find } = resourceHooks()['ip-rules'] ?? {}
  const source = sourceOf('ip-rules', '22.2.0', find)
  const rows: unknown[] = []
  for await (const page of source.all(rules.client, { search: '198.51.100.9' }, {}))
    rows.push(...page.map(({ cidr }) => cidr))
  expect(rows).toEqual(await found({ search: '198.51.100.9' }))
})
