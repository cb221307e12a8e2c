import { describe, expect, test } from 'vitest'
import type { AddressAnswer, AddressEffect, MatchingRule, SearchHit } from '@shared/fleet/search'
import { localDateTime } from '@shared/format/time'
import { hitRow, placeOfHit } from '@/features/search/hit-rows'
import { byEffect, effectHints, effectTexts, matchingRuleText, rulesText } from '@/features/search/search-text'

const end = '2026-11-24T14:30:00Z'
const rule = (more: Partial<MatchingRule> = {}): MatchingRule => ({
  record: '1',
  cidr: '203.0.113.0/24',
  target: 'DENY',
  expiresAt: null,
  hasExpired: false,
  ...more,
})
const answer = (
  effect: AddressEffect,
  rules: readonly MatchingRule[] = [],
  serverId: string = effect,
): AddressAnswer => ({
  serverId,
  serverName: serverId,
  readAt: end,
  effect,
  unreadable: 0,
  rules,
})

describe('the rules for an address', () => {
  test.each([
    [rule(), 'Block 203.0.113.0/24'],
    [rule({ target: 'ACCEPT' }), 'Allow 203.0.113.0/24'],
    [rule({ target: 'THROTTLE' }), 'THROTTLE 203.0.113.0/24'],
    [rule({ expiresAt: end }), `Block 203.0.113.0/24, expires ${localDateTime(end)}`],
    [rule({ expiresAt: end, hasExpired: true }), `Block 203.0.113.0/24, expired ${localDateTime(end)}`],
  ])('are what they do, and until when', (each, text) => {
    expect(matchingRuleText(each)).toBe(text)
  })

  test('that could not be read are counted where no other matches', () => {
    expect(rulesText({ ...answer('unknown'), unreadable: 2 })).toBe('2 rules with a range that cannot be read')
    expect(rulesText({ ...answer('blocked', [rule()]), unreadable: 2 })).toBe('Block 203.0.113.0/24')
  })

  test('the most specific one is shown, and how many others match', () => {
    expect(rulesText(answer('none'))).toBe('')
    expect(rulesText(answer('blocked', [rule()]))).toBe('Block 203.0.113.0/24')
    expect(rulesText(answer('blocked', [rule(), rule()]))).toBe('Block 203.0.113.0/24 and 1 other rule')
    expect(rulesText(answer('blocked', [rule(), rule(), rule()]))).toBe('Block 203.0.113.0/24 and 2 other rules')
  })

  test('who is blocked is first, and servers of one effect keep their order', () => {
    const answers = [
      answer('none'),
      answer('allowed', [], 'b'),
      answer('partly'),
      answer('allowed', [], 'a'),
      answer('undetermined'),
      answer('blocked'),
    ]
    expect(byEffect(answers).map(({ serverId }) => serverId)).toEqual([
      'blocked',
      'undetermined',
      'partly',
      'b',
      'a',
      'none',
    ])
  })

  test('what the documentation does not settle is not shown as settled', () => {
    expect(effectTexts.undetermined).not.toMatch(/^(Blocked|Allowed)$/)
    expect(effectHints.undetermined).toContain('does not document')
    expect(effectHints.none).toContain('Automatic blocking')
  })
})

describe('a hit', () => {
  const hit = (resource: SearchHit['resource'], serverId = 'a'): SearchHit => ({
    resource,
    serverId,
    serverName: 'Berlin',
    record: '7',
    readAt: end,
    title: 'Contoso',
    detail: '',
    tier: 0,
  })

  test('has the name of its kind', () => {
    const kinds = (['tenants', 'dealers', 'ip-rules', 'transports', 'trunk-assignments'] as const).map(
      (resource) => hitRow(hit(resource)).kind,
    )
    expect(kinds).toEqual(['Tenant', 'Dealer', 'IP rule', 'Transport', 'Trunk assignment'])
  })

  test('is another row than the same record of other servers and lists', () => {
    const rows = [hit('tenants'), hit('tenants', 'b'), hit('dealers')].map(hitRow)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(3)
  })

  test('opens its record on its server', () => {
    expect(placeOfHit(hit('tenants'))).toEqual({ name: 'tenants', params: { serverId: 'a' }, query: { open: '7' } })
    expect(placeOfHit(hit('trunk-assignments')).query).toEqual({ assignment: '7' })
  })
})
