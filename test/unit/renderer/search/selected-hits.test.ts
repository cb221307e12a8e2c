import { describe, expect, test } from 'vitest'
import { matchTiers, type AddressAnswer, type MatchingRule, type SearchHit } from '@shared/fleet/search'
import { hitRow } from '@/features/search/hit-rows'
import { notTogetherText, sharedRuleText } from '@/features/search/search-text'
import { selectedHits, sharedRules } from '@/features/search/selected-hits'

const hit = (resource: SearchHit['resource'], serverId: string, record: string) =>
  hitRow({
    ...{ resource, serverId, record, serverName: serverId, readAt: '2026-11-24T15:30:00.000Z' },
    ...{ title: record, detail: '', tier: matchTiers.text },
  })
const rows = [
  hit('ip-rules', 'a', '1'),
  hit('ip-rules', 'b', '1'),
  hit('tenants', 'a', '1'),
  hit('trunk-assignments', 'a', 't'),
]
const select = (...at: readonly number[]) =>
  selectedHits(rows, { mode: 'some', ids: at.map((place) => rows[place]?.id ?? '') })

describe('selected results', () => {
  test('of one kind are records of their servers, also if two servers have the same ID', () => {
    expect(select(0, 1)).toEqual({
      resource: 'ip-rules',
      records: [
        { serverId: 'a', id: '1' },
        { serverId: 'b', id: '1' },
      ],
    })
    expect(select(2).records).toEqual([{ serverId: 'a', id: '1' }])
  })

  test('of several kinds are not changed together, and the page says why', () => {
    expect(select(0, 2).resource).toBeUndefined()
    expect(notTogetherText(select(0, 2))).toBe('Select results of one kind')
    expect(notTogetherText(selectedHits(rows, { mode: 'all', except: [] }))).toBe('Select results of one kind')
    expect(notTogetherText(select(3))).toBe('Trunk assignments are changed on their server')
    expect(notTogetherText(select())).toBe('')
    expect(notTogetherText(select(0, 1))).toBe('')
  })

  test('that are no longer among the results are not changed', () => {
    expect(selectedHits(rows.slice(1), { mode: 'some', ids: rows.map(({ id }) => id) }).records).toHaveLength(3)
    expect(selectedHits(rows, { mode: 'some', ids: ['ip-rules/c/1'] }).records).toEqual([])
  })
})

test('rules that match an address are one line for each range and action, with every server that has it', () => {
  const rule = (cidr: string, target: string, record: string): MatchingRule => ({
    ...{ cidr, target, record, expiresAt: null, hasExpired: false },
  })
  const answer = (serverId: string, ...rules: readonly MatchingRule[]): AddressAnswer => ({
    ...{ serverId, serverName: serverId, readAt: '2026-11-24T15:30:00.000Z', effect: 'blocked', unreadable: 0, rules },
  })
  const found = sharedRules([
    answer('a', rule('203.0.113.9/32', 'ACCEPT', '4')),
    answer('b', rule('203.0.113.0/24', 'DENY', '7'), rule('203.0.113.0/24', 'DENY', '8')),
    answer('c', rule('203.0.113.0/24', 'DENY', '7'), rule('203.0.113.0/24', 'ACCEPT', '9')),
  ])
  expect(found.map((each) => [sharedRuleText(each), each.servers])).toEqual([
    ['Block 203.0.113.0/24', 2],
    ['Allow 203.0.113.9/32', 1],
    ['Allow 203.0.113.0/24', 1],
  ])
  expect(found[0]?.records).toEqual([
    { serverId: 'b', id: '7' },
    { serverId: 'b', id: '8' },
    { serverId: 'c', id: '7' },
  ])
})
