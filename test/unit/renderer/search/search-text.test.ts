import { describe, expect, test } from 'vitest'
import type { MergedPhase } from '@shared/fleet/merged-phase'
import {
  searchedIds,
  type AddressAnswer,
  type AddressEffect,
  type MatchingRule,
  type SearchedServer,
  type SearchHit,
} from '@shared/fleet/search'
import { ownTenantRowId } from '@shared/fleet/merged-row'
import { localDateTime } from '@shared/format/time'
import { noPermissionReasons, noPermissionTexts } from '@/features/search/no-permission'
import { searchedText } from '@/features/palette/palette-text'
import { hitRow, placeOfAnswer, placeOfHit } from '@/features/search/hit-rows'
import {
  ageText,
  byEffect,
  effectHint,
  effectHints,
  effectText,
  matchingRuleText,
  effectsText,
  foundBelowText,
  notFoundText,
  rulesText,
} from '@/features/search/search-text'

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
    [rule(), 'Block 203.0.113.0/24, never expires'],
    [rule({ target: 'ACCEPT' }), 'Allow 203.0.113.0/24, never expires'],
    [rule({ target: 'THROTTLE' }), 'THROTTLE 203.0.113.0/24, never expires'],
    [rule({ expiresAt: end }), `Block 203.0.113.0/24, expires ${localDateTime(end)}`],
    [rule({ expiresAt: end, hasExpired: true }), `Block 203.0.113.0/24, expired ${localDateTime(end)}`],
  ])('are what they do, and until when', (each, text) => {
    expect(matchingRuleText(each)).toBe(text)
  })

  test('that could not be read are counted where no other matches', () => {
    expect(rulesText({ ...answer('unknown'), unreadable: 2 })).toBe('2 rules with a range that cannot be read')
    expect(rulesText({ ...answer('blocked', [rule()]), unreadable: 2 })).toBe('Block 203.0.113.0/24, never expires')
  })

  test('the most specific one is shown, and how many others match', () => {
    expect(rulesText(answer('none'))).toBe('')
    expect(rulesText(answer('blocked', [rule()]))).toBe('Block 203.0.113.0/24, never expires')
    expect(rulesText(answer('blocked', [rule(), rule()]))).toBe('Block 203.0.113.0/24, never expires and 1 other rule')
    expect(rulesText(answer('blocked', [rule(), rule(), rule()]))).toBe(
      'Block 203.0.113.0/24, never expires and 2 other rules',
    )
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
    expect(effectText(answer('undetermined', [rule()]))).not.toMatch(/^(Blocked|Allowed)$/)
    expect(effectHints.undetermined).toContain('does not document')
    expect(effectHints.none).toContain('Automatic blocking')
    expect(effectHint(answer('unknown', [rule()]))).toContain('IPv4-mapped')
    expect(effectHint({ ...answer('unknown', [rule()]), unreadable: 1 })).toContain('could not be read')
    expect(effectHint(answer('blocked', [rule()]))).toBeUndefined()
  })
})

describe('answers from earlier rows', () => {
  const later = Date.parse(end) + 5 * 60_000

  test('are counted with their age; without them nothing is written', () => {
    const answers = [answer('none', [], 'a'), answer('blocked', [rule()], 'b')]
    expect(ageText(answers, new Set(), later)).toBe('')
    expect(ageText(answers, new Set(['b', 'c']), later)).toBe('Of these, 1 is from earlier rows, the oldest 5 min ago.')
    expect(ageText(answers, new Set(['a', 'b']), later)).toBe(
      'All of these are from earlier rows, the oldest 5 min ago.',
    )
  })

  test('are no all-clear of the servers', () => {
    expect(notFoundText({ read: 0, partly: 0, old: 30 }, 40)).toBe(
      'No records found in earlier rows of 30 servers. 10 servers not searched',
    )
    expect(notFoundText({ read: 2, partly: 0, old: 1 }, 3)).toBe(
      'No records found on 2 servers and in earlier rows of 1 server',
    )
    expect(notFoundText({ read: 0, partly: 0, old: 0 }, 3)).toBe(
      'No records found on 0 servers. 3 servers not searched',
    )
    expect(notFoundText({ read: 3, partly: 0, old: 0 }, 3)).toBe('No records found on 3 servers')
    expect(notFoundText({ read: 0, partly: 1, old: 0 }, 1)).toBe('No records found in the readable lists of 1 server')
    expect(notFoundText({ read: 2, partly: 3, old: 1 }, 10)).toBe(
      'No records found on 2 servers, in the readable lists of 3 servers and in earlier rows of 1 server. 4 servers not searched',
    )
  })

  test('changes and exports are named where no record was found', () => {
    expect(foundBelowText({ changes: 1, exports: 2 })).toBe('Found below: 1 change in the journal, 2 exports')
    expect(foundBelowText({ changes: 0, exports: 1 })).toBe('Found below: 1 export')
    expect(foundBelowText({ changes: 0, exports: 0 })).toBe('')
  })

  test('an expired rule is not called no rule', () => {
    expect(effectText(answer('none', [rule({ hasExpired: true })]))).toBe('Expired rules only')
    expect(effectText(answer('none'))).toBe('No rule')
  })
})

describe('what an account may not read', () => {
  const searched = (serverId: string, phase: MergedPhase, unreadable: readonly string[] = []): SearchedServer => ({
    serverId,
    phase,
    rows: 1,
    readAt: end,
    lists: searchedIds.map((resource) => ({
      resource,
      phase: unreadable.includes(resource) ? 'no-permission' : phase === 'partly' ? 'read' : phase,
    })),
  })
  const dealerLists = ['ip-rules', 'transports', 'trunk-assignments']
  const dealer = (serverId: string): SearchedServer => searched(serverId, 'partly', dealerLists)
  const lists = 'IP rules, Transports, Trunk assignments'

  test('is no answer about an address', () => {
    expect(effectsText([], [dealer('a')])).toBe('No IP rules were searched: no permission on 1 server')
    expect(effectsText([], [dealer('a'), searched('b', 'failed')])).toBe(
      'No IP rules were searched: no permission on 1 server, 1 server not read',
    )
    expect(
      effectsText([answer('blocked', [rule()], 'c')], [dealer('a'), searched('b', 'failed'), searched('c', 'read')]),
    ).toBe('Blocked on 1 of 1 server, allowed on 0, no rule on 0; 1 not read, no permission on 1')
    // Earlier rows of an account that was allowed to read them are an answer with its age.
    expect(effectsText([answer('none', [], 'a')], [dealer('a')])).toBe(
      'Blocked on 0 of 1 server, allowed on 0, no rule on 1',
    )
  })

  test('is named with its servers, once for those that are alike', () => {
    const texts = (...servers: readonly SearchedServer[]) => noPermissionTexts(servers, (id) => `PBX ${id}`)
    expect(texts(searched('a', 'read'), searched('b', 'failed'))).toEqual([])
    expect(texts(dealer('a'), searched('b', 'read'))).toEqual([`Not searched on PBX a (no permission): ${lists}`])
    expect(texts(...['a', 'b', 'c', 'd'].map(dealer), searched('e', 'failed', ['dealers']))).toEqual([
      `Not searched on 4 servers (no permission): ${lists}`,
      'Not searched on PBX e (no permission): Dealers',
    ])
    expect([...noPermissionReasons([dealer('a'), searched('b', 'read')])]).toEqual([['a', `No permission: ${lists}`]])
  })

  test('is not counted as searched in the palette', () => {
    expect(searchedText([dealer('a')])).toBe('0 of 1 server searched, 1 in part')
    expect(searchedText([dealer('a'), searched('b', 'read'), searched('c', 'failed')])).toBe(
      '1 of 3 servers searched, 1 in part, 1 in earlier rows',
    )
    expect(searchedText([dealer('a'), searched('b', 'reading')])).toBe('0 of 2 servers searched…, 1 in part')
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

  test('is a row of the list of its server, or the page of the own tenant; of an answer about an address, the most specific rule', () => {
    const params = { serverId: 'a' }
    expect(placeOfHit(hit('tenants'))).toEqual({ name: 'tenants', params, query: { show: '7' } })
    expect(placeOfHit({ ...hit('tenants'), record: ownTenantRowId })).toEqual({ name: 'tenant', params, query: {} })
    expect(placeOfAnswer(answer('blocked', [rule(), rule({ record: '2' })], 'a'), '192.0.2.7')).toEqual({
      name: 'ip-rules',
      params,
      query: { show: '1', search: '192.0.2.7' },
    })
    expect(placeOfAnswer(answer('none', [], 'a'), '192.0.2.7').query).toEqual({ search: '192.0.2.7' })
  })
})
