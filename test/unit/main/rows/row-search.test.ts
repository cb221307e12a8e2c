import { describe, expect, test } from 'vitest'
import type { MergedId } from '@shared/fleet/merged-ids'
import { matchTiers } from '@shared/fleet/search'
import { searchRows } from '@main/services/rows/row-search'
import { RowStore } from '@main/services/rows/row-store'
import { WordRows } from '@main/services/rows/word-rows'
import type { StoredRow } from '@main/services/rows/stored-row'
import { assignment, read, readAt, rule, stored, tenant } from './stored'

const now = Date.parse('2026-11-27T12:00:00Z')
const names = (id: string): string => `PBX ${id}`

function found(lists: readonly (readonly [server: string, resource: MergedId, rows: readonly StoredRow[]])[]) {
  const store = new RowStore()
  for (const [server, resource, rows] of lists) read(store, server, resource, rows)
  return (text: string, max = 100) => searchRows(store.all(), text, { names, max, now })
}
const ids = (hits: readonly { readonly record: string }[]): string => hits.map(({ record }) => record).join(' ')

describe('tiers', () => {
  test('the name itself is before another exact value, and that before the start of a name, of a word in it, its middle, and other texts', () => {
    const search = found([
      [
        'a',
        'tenants',
        [
          tenant('text', 'Zurich', { domain: 'x-contoso.example' }),
          tenant('middle', 'Newcontoso'),
          tenant('word', 'The Contoso'),
          tenant('start', 'Contoso AG'),
          tenant('domain', 'Basel', { domain: 'contoso' }),
          tenant('exact', 'CONTOSO'),
        ],
      ],
    ])
    const { hits } = search('contoso')
    expect(hits.map(({ record, tier }) => [record, tier])).toEqual([
      ['exact', matchTiers.exact],
      ['domain', matchTiers.exact],
      ['start', matchTiers.titleStart],
      ['word', matchTiers.titleWord],
      ['middle', matchTiers.title],
      ['text', matchTiers.text],
    ])
  })

  test('a word that begins later in the name counts, although it occurs in the middle of another one first', () => {
    const { hits } = found([['a', 'tenants', [tenant('1', 'Newton Ton')]]])('ton')
    expect(hits[0]?.tier).toBe(matchTiers.titleWord)
  })

  test('of equal matches the shorter name is first, then by name and server', () => {
    const search = found([
      ['2', 'tenants', [tenant('z', 'Contoso B'), tenant('y', 'Contoso A')]],
      ['1', 'tenants', [tenant('x', 'Contoso A'), tenant('w', 'Contoso Long')]],
    ])
    expect(ids(search('contoso').hits)).toBe('x y z w')
  })

  test('of equal records of servers with the same name, the order is fixed', () => {
    const servers = (...order: readonly string[]): string => {
      const store = new RowStore()
      for (const id of order) read(store, id, 'tenants', [tenant('1', 'Contoso')])
      const { hits } = searchRows(store.all(), 'contoso', { names: () => 'PBX', max: 9, now })
      return hits.map(({ serverId }) => serverId).join('')
    }
    expect([servers('a', 'b', 'c'), servers('c', 'b', 'a')]).toEqual(['abc', 'abc'])
  })
})

test('every word has to occur in a row, and all lists are counted beyond the shown hits', () => {
  const search = found([
    ['a', 'tenants', Array.from({ length: 30 }, (_, at) => tenant(`t${at}`, `Contoso ${at} Berlin`))],
    ['b', 'tenants', [tenant('other', 'Contoso Hamburg')]],
    ['a', 'dealers', [stored('dealers', 'd', { display_name: 'Berlin', name: 'Contoso' })]],
    ['a', 'system-settings', [stored('system-settings', 's', { fqdn: 'contoso.berlin.example' })]],
  ])
  const { hits, counts } = search('berlin contoso', 5)
  expect(hits).toHaveLength(5)
  expect(counts).toEqual({ tenants: 30, dealers: 1 })
  expect(search(' ')).toEqual({ hits: [], counts: {} })
  expect(search('contoso munich')).toEqual({ hits: [], counts: {} })
})

test('the details of a hit have labels where a value does not say what it is, and do not repeat the name', () => {
  const search = found([
    ['a', 'ip-rules', [stored('ip-rules', '1', { cidr: '192.0.2.7/32', target: 'ACCEPT', description: 'Carrier A' })]],
    ['a', 'transports', [stored('transports', '2', { protocol: 'TLS', port: 5061 })]],
    ['a', 'trunk-assignments', [assignment('3', '5100', { tenant_name: 'Nord 5', trunk_name: 'Sip', concurrency: 5 })]],
  ])
  const detailOf = (text: string): string | undefined => search(text).hits[0]?.detail
  expect(detailOf('carrier a')).toBe('Allow · Expires: Never · Description: Carrier A')
  expect(detailOf('5061')).not.toMatch(/TLS|5061/)
  expect(detailOf('nord')).toBe('DID pool: 5100 · Max calls: 5')
})

describe('a number', () => {
  const search = found([
    [
      'a',
      'trunk-assignments',
      [
        assignment('range', '4930123000-4930123999', { tenant_name: 'Contoso', trunk_name: 'Berlin' }),
        assignment('other', '4930124000-4930124999', { tenant_name: 'Fabrikam', trunk_name: 'Berlin' }),
      ],
    ],
    ['a', 'tenants', [tenant('domain', 'Contoso', { domain: '4930123456.example' })]],
    ['a', 'ip-rules', [stored('ip-rules', 'rule', { cidr: '10.0.0.0/8', description: 'Ticket 2024-1177' })]],
  ])

  test.each(['4930123456', '+49 30 123-456', '00 49 30 123456'])('%s finds the range that it is in', (text) => {
    const { hits, counts } = search(text)
    expect(hits[0]).toMatchObject({ record: 'range', tier: matchTiers.exact, title: 'Contoso · Berlin' })
    expect(counts).toMatchObject({ 'trunk-assignments': 1, tenants: 1 })
  })

  test('that is a text is found as it is', () => {
    expect(ids(search('2024-1177').hits)).toBe('rule')
  })

  test('with another word finds only rows with both', () => {
    expect(ids(search('4930123456 contoso').hits)).toBe('domain range')
    expect(ids(search('contoso 4930123456').hits)).toBe('domain range')
    expect(ids(search('4930123456 fabrikam').hits)).toBe('')
  })
})

test('an address with another word finds only rules with both, in any order', () => {
  const search = found([
    [
      'a',
      'ip-rules',
      [
        stored('ip-rules', 'x', { cidr: '203.0.113.0/24', description: 'Office' }),
        stored('ip-rules', 'y', { cidr: '203.0.113.0/24', description: 'Home' }),
      ],
    ],
  ])
  expect(ids(search('203.0.113.7 office').hits)).toBe('x')
  expect(ids(search('office 203.0.113.7').hits)).toBe('x')
  expect(search('203.0.113.7').counts).toEqual({ 'ip-rules': 2 })
})

describe('the answer about an address', () => {
  const answers = (rules: readonly StoredRow[], text: string) => found([['a', 'ip-rules', rules]])(text).addresses ?? []
  const past = '2026-11-27T11:59:59Z'
  const future = '2026-11-27T12:00:01Z'

  test.each([
    ['blocked', [rule('1', '203.0.113.0/24')], '203.0.113.7'],
    ['allowed', [rule('1', '203.0.113.0/24', 'ACCEPT')], '203.0.113.7'],
    ['undetermined', [rule('1', '203.0.113.0/24'), rule('2', '203.0.113.7/32', 'ACCEPT')], '203.0.113.7'],
    ['none', [rule('1', '203.0.114.0/24')], '203.0.113.7'],
    ['blocked', [rule('1', '203.0.113.0/24')], '::ffff:203.0.113.7'],
    ['blocked', [rule('1', '203.0.113.0/24')], '::ffff:cb00:7107'],
    ['unknown', [rule('1', '::ffff:203.0.113.7/128')], '203.0.113.7'],
    ['unknown', [rule('1', '::ffff:203.0.113.7/128')], '::ffff:203.0.113.7'],
    ['unknown', [rule('1', '::ffff:203.0.113.0/120'), rule('2', '203.0.113.0/24', 'ACCEPT')], '203.0.113.7'],
    ['blocked', [rule('1', '::ffff:203.0.113.7/128'), rule('2', '203.0.113.0/24')], '203.0.113.7'],
    ['none', [rule('1', '::ffff:203.0.113.7/128', 'DENY', past)], '203.0.113.7'],
    ['unknown', [rule('1', '0.0.0.0/0', 'ACCEPT'), rule('2', '::/0')], '::ffff:203.0.113.7'],
    ['unknown', [rule('1', '::/0')], '::ffff:203.0.113.7'],
    ['none', [rule('1', '::/0')], '203.0.113.7'],
    ['unknown', [rule('1', '::ffff:203.0.113.0/120')], '::ffff:0:0/95'],
    ['none', [rule('1', '203.0.114.0/24')], '::ffff:203.0.113.7'],
    ['none', [], '203.0.113.7'],
    ['none', [rule('1', '203.0.113.0/24', 'DENY', past)], '203.0.113.7'],
    ['blocked', [rule('1', '203.0.113.0/24', 'DENY', future)], '203.0.113.7'],
    ['allowed', [rule('1', '203.0.113.0/24', 'DENY', past), rule('2', '203.0.113.7/32', 'ACCEPT')], '203.0.113.7'],
    ['partly', [rule('1', '203.0.113.7/32')], '203.0.113.0/24'],
    ['partly', [rule('1', '203.0.113.7/32', 'ACCEPT')], '203.0.113.0/24'],
    ['partly', [rule('1', '203.0.113.0/25'), rule('2', '203.0.113.0/26')], '203.0.113.0/24'],
    ['blocked', [rule('1', '203.0.113.0/25'), rule('2', '203.0.113.128/25')], '203.0.113.0/24'],
    [
      'blocked',
      [rule('1', '203.0.113.0/25'), rule('2', '203.0.113.128/26'), rule('3', '203.0.113.192/26')],
      '203.0.113.0/24',
    ],
    ['unknown', [rule('1', 'not a range')], '203.0.113.7'],
    ['blocked', [rule('1', 'not a range'), rule('2', '203.0.113.0/24')], '203.0.113.7'],
    ['blocked', [rule('1', '203.0.113.7/32'), rule('2', '203.0.0.0/16')], '203.0.113.0/24'],
    ['undetermined', [rule('1', '203.0.113.7/32', 'ACCEPT'), rule('2', '203.0.0.0/16')], '203.0.113.0/24'],
    ['blocked', [rule('1', '2001:db8::/32')], '2001:DB8:0:0::1'],
    ['blocked', [rule('1', '2001:db8::/32')], '[2001:db8::1]'],
    ['none', [rule('1', '0.0.0.0/0')], '2001:db8::1'],
    // A newer PBX may do something else with an address.
    ['undetermined', [rule('1', '203.0.113.0/24', 'THROTTLE')], '203.0.113.7'],
    ['undetermined', [stored('ip-rules', '1', { cidr: '203.0.113.0/24' }, ['target'])], '203.0.113.7'],
  ] as const)('is %s', (effect, rules, text) => {
    expect(answers(rules, text).map((answer) => answer.effect)).toEqual([effect])
  })

  test('has the most specific rule first, and expired ones last', () => {
    const rules = [
      rule('wide', '203.0.0.0/16'),
      rule('expired', '203.0.113.7/32', 'ACCEPT', past),
      rule('narrow', '203.0.113.0/24'),
      rule('other', '198.51.100.0/24'),
    ]
    expect(answers(rules, '203.0.113.7')[0]).toEqual({
      serverId: 'a',
      serverName: 'PBX a',
      readAt,
      effect: 'blocked',
      unreadable: 0,
      rules: [
        { record: 'narrow', cidr: '203.0.113.0/24', target: 'DENY', expiresAt: null, hasExpired: false },
        { record: 'wide', cidr: '203.0.0.0/16', target: 'DENY', expiresAt: null, hasExpired: false },
        { record: 'expired', cidr: '203.0.113.7/32', target: 'ACCEPT', expiresAt: past, hasExpired: true },
      ],
    })
  })

  test('is about every server whose rules were read, by name; other text has none', () => {
    const search = found([
      ['2', 'ip-rules', []],
      ['1', 'ip-rules', [rule('1', '203.0.113.0/24')]],
      ['3', 'tenants', []],
    ])
    expect(search('203.0.113.7').addresses?.map(({ serverId }) => serverId)).toEqual(['1', '2'])
    expect(search('203.0.113').addresses).toBeUndefined()
    expect(search('contoso').addresses).toBeUndefined()
  })

  test('is not given for rules that are still arriving, or that are not all: none of them matching means nothing', () => {
    const store = new RowStore()
    const addresses = () => searchRows(store.all(), '203.0.113.7', { names, max: 9, now }).addresses
    store.begin('a', 'ip-rules', readAt, 'account')
    expect(addresses()).toEqual([])
    store.append('a', 'ip-rules', [rule('1', '198.51.100.0/24')])
    expect(addresses()).toEqual([])
    store.end('a', 'ip-rules', false)
    expect(addresses()).toEqual([])
    store.begin('a', 'ip-rules', readAt, 'account')
    store.end('a', 'ip-rules', true)
    expect(addresses()).toMatchObject([{ effect: 'none' }])
  })
})

describe('a number without its country or area code', () => {
  const search = found([
    [
      'a',
      'trunk-assignments',
      [
        assignment('berlin', '4930901000-4930901099'),
        assignment('single', '3000;4989123456'),
        assignment('large', '4940000000-4940999999'),
      ],
    ],
  ])

  test.each([
    ['030 901055', 'berlin'],
    ['901055', 'large berlin'],
    ['901100', 'large'],
    ['089 123456', 'single'],
    ['+49 (0)30 901055', 'berlin'],
    ['tel:+49-30-901055', 'berlin'],
    ['sip:4930901055@pbx.example;transport=tls', 'berlin'],
  ])('%s is found in %s', (text, expected) => {
    expect(ids(search(text).hits).split(' ').sort()).toEqual(expected.split(' ').sort())
  })

  test('a pool that has the number itself is before one with a number that ends with it', () => {
    const { hits } = found([
      ['a', 'trunk-assignments', [assignment('ending', '4930901000-4930901099'), assignment('whole', '901000-901099')]],
    ])('901055')
    expect(ids(hits)).toBe('whole ending')
  })
})

test('a pasted address of a host is the address', () => {
  const search = found([['a', 'ip-rules', [rule('1', '203.0.113.0/24')]]])
  for (const text of ['203.0.113.9:5060', 'https://203.0.113.9:8887/login', 'sip:203.0.113.9;transport=udp'])
    expect(search(text).addresses?.[0]?.effect).toBe('blocked')
})

test('as a person types on, the same is found as by a search that starts with the whole text', () => {
  const store = new RowStore()
  read(store, 'a', 'tenants', [tenant('1', 'Müller Bau'), tenant('2', 'Mulder'), tenant('3', 'Baumuller GmbH')])
  read(store, 'b', 'ip-rules', [rule('4', '203.0.113.0/24'), rule('5', '10.1.0.0/16')])
  const known = new WordRows()
  const search = (text: string, words?: WordRows) =>
    searchRows(store.all(), text, { names, max: 100, now, ...(words && { words }) })
  for (const text of [
    'm',
    'mu',
    'mul',
    'mull',
    'mulle',
    'mull',
    'muller b',
    'muller ba',
    'b',
    '1',
    '10',
    '10.1',
    '20',
  ]) {
    expect(search(text, known)).toEqual(search(text))
    // Rows that arrive in between are found, too.
    if (text === 'mull') store.append('c', 'tenants', [])
    if (text === 'mulle') read(store, `late ${text}`, 'tenants', [tenant('6', 'Mullermann')])
  }
  store.begin('d', 'tenants', readAt, 'account')
  store.append('d', 'tenants', [tenant('7', 'Mullerin')])
  expect(ids(search('mull', known).hits)).toBe(ids(search('mull').hits))
  store.append('d', 'tenants', [tenant('8', 'Mulltonne')])
  expect(ids(search('mull', known).hits)).toContain('8')
  expect(ids(search('mull', known).hits)).toBe(ids(search('mull').hits))
})
