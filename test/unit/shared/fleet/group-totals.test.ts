import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Usage } from '@shared/domain/server-facts'
import type { BoardRow } from '@shared/fleet/board-row'
import { groupTotals, worstGroupFirst, type GroupTotals, type Total } from '@shared/fleet/group-totals'
import { certificate, facts, inDays, limits, noRules, presented, row } from './sample'

type Parts = Parameters<typeof row>[0]

let count = 0
/** A server with this name. */
const named = (name: string, parts: Parts = {}): BoardRow => {
  count += 1
  return row({ ...parts, server: { name, ...parts?.server, id: `id-${count}` } })
}
const untouched = {
  session: { phase: 'signed-out', role: undefined, version: undefined, facts: undefined, lastSeen: undefined },
  facts: undefined,
} as const

const using = (users: Usage) => ({ facts: facts({ limits: { ...limits, users } }) })
const ending = (maintenanceExpiresAt: string | undefined) => {
  const { maintenanceExpiresAt: _, ...others } = limits
  return {
    facts: facts({ limits: maintenanceExpiresAt === undefined ? others : { ...others, maintenanceExpiresAt } }),
  }
}
const rules = (total: number, days?: number, problem?: string) => ({
  facts: facts({
    expiringRules: {
      ...noRules,
      count: total,
      soonest: days === undefined ? [] : [{ cidr: '10.0.0.1/32', expiresAt: inDays(days) }],
      ...(problem !== undefined && { problem }),
    },
  }),
})
const version = (text: string | undefined) => ({ session: { version: text }, facts: facts({ version: text }) })
const role = (text: string | undefined) => ({ session: { role: text }, facts: facts({ role: text }) })
const responded = (days: number) => ({ session: { lastSeen: inDays(days) } })

const namesOf = ({ missing }: Total<unknown>) => missing.map(({ server }) => server.name).join(' ')

interface Case {
  readonly what: string
  readonly servers: readonly (readonly [name: string, parts?: Parts])[]
  readonly part: keyof Omit<GroupTotals, 'states' | 'level'>
  /** What the value has, with rows as the names of their servers; undefined if nothing is known. */
  readonly value: unknown
  readonly missing?: string
}

const cases: readonly Case[] = [
  {
    what: 'is the sum of used and limit, with the server that is nearest to its limit',
    servers: [
      ['A', using({ used: 10, limit: 100 })],
      ['B', using({ used: 9, limit: 10 })],
    ],
    part: 'users',
    value: { owner: 'server', used: 19, limit: 110, highest: { row: 'B', used: 9, limit: 10 } },
  },
  {
    what: 'is a sum of 0 if nothing is used, which is not the same as not read',
    servers: [['A', using({ used: 0, limit: 5 })]],
    part: 'users',
    value: { owner: 'server', used: 0, limit: 5, highest: { row: 'A', used: 0, limit: 5 } },
  },
  {
    what: 'is without servers of which one of both was not read, or that have no limit',
    servers: [
      ['Good', using({ used: 10, limit: 100 })],
      ['No limit', using({ used: 500 })],
      ['No use', using({ limit: 900 })],
      ['Nothing', using({})],
      ['Zero', using({ used: 3, limit: 0 })],
      ['Untouched', untouched],
      ['Unread', { facts: facts({ limits: undefined }) }],
    ],
    part: 'users',
    value: { owner: 'server', used: 10, limit: 100, highest: { row: 'Good', used: 10, limit: 100 } },
    missing: 'No limit No use Nothing Unread Untouched Zero',
  },
  {
    what: 'is not known, rather than 0, if no server was read',
    servers: [
      ['A', untouched],
      ['B', using({ used: 5 })],
    ],
    part: 'users',
    value: undefined,
    missing: 'A B',
  },
  { what: 'is not known if the API has none', servers: [['A']], part: 'tenants', value: undefined, missing: 'A' },
  {
    what: 'is the first end',
    servers: [
      ['A', ending(inDays(20))],
      ['B', ending(inDays(-3))],
      ['C', ending(inDays(9))],
    ],
    part: 'maintenance',
    value: { row: 'B', time: inDays(-3) },
  },
  {
    what: 'is the first end of those that are known; a text that is no time is none',
    servers: [
      ['A', ending(undefined)],
      ['B', ending('never')],
      ['C', ending(inDays(9))],
      ['D', untouched],
    ],
    part: 'maintenance',
    value: { row: 'C', time: inDays(9) },
    missing: 'A B D',
  },
  {
    what: 'compares times, not texts',
    servers: [
      ['A', ending('2026-12-01T00:30:00+02:00')],
      ['B', ending('2026-11-30T23:30:00Z')],
    ],
    part: 'maintenance',
    value: { row: 'A', time: '2026-12-01T00:30:00+02:00' },
  },
  {
    what: 'uses the trusted certificate if none was read',
    servers: [
      ['A', { ...untouched, server: { pin: { ...certificate, validTo: inDays(4) } } }],
      ['B', { facts: facts({ certificate: { ...presented, validTo: inDays(5) } }) }],
      ['C', untouched],
    ],
    part: 'certificate',
    value: { row: 'A', time: inDays(4) },
    missing: 'C',
  },
  {
    what: 'is the number of rules, and the first that expires',
    servers: [
      ['A', rules(3, 9)],
      ['B', rules(0)],
      ['C', rules(2, 4)],
    ],
    part: 'rules',
    value: { count: 5, first: { row: 'C', time: inDays(4) } },
  },
  {
    what: 'is 0 without a first one if no rule expires soon',
    servers: [['A', rules(0)]],
    part: 'rules',
    value: { count: 0, first: undefined },
  },
  {
    what: 'is without servers whose rules could not be read, also if some are known from before',
    servers: [
      ['A', rules(3, 9)],
      ['B', rules(7, 1, 'Rate limit reached')],
      ['C', { facts: facts({ expiringRules: undefined }) }],
    ],
    part: 'rules',
    value: { count: 3, first: { row: 'A', time: inDays(9) } },
    missing: 'B C',
  },
  {
    what: 'is each version once, by number',
    servers: [
      ['A', version('22.10.1')],
      ['B', version('22.2.9')],
      ['C', version('22.10.1')],
    ],
    part: 'versions',
    value: ['22.2.9', '22.10.1'],
  },
  {
    what: 'is the version of those that have one',
    servers: [
      ['A', version('22.2.9')],
      ['B', version(undefined)],
      ['C', version('')],
    ],
    part: 'versions',
    value: ['22.2.9'],
    missing: 'B C',
  },
  {
    what: 'is each role once',
    servers: [
      ['A', role('SystemAdmin')],
      ['B', role('Dealer')],
      ['C', role('Dealer')],
      ['D', role(undefined)],
    ],
    part: 'roles',
    value: ['Dealer', 'SystemAdmin'],
    missing: 'D',
  },
  {
    what: 'is the response longest ago',
    servers: [
      ['A', responded(-1)],
      ['B', responded(-30)],
      ['C', untouched],
    ],
    part: 'response',
    value: { row: 'B', time: inDays(-30) },
    missing: 'C',
  },
  {
    what: 'is the reading longest ago',
    servers: [
      ['A', responded(-40)],
      ['B', { facts: facts({ limits: { ...limits, readAt: inDays(-30) } }) }],
      ['C', { facts: facts({ limits: undefined }) }],
    ],
    part: 'updated',
    value: { row: 'B', time: inDays(-30) },
    missing: 'C',
  },
]

/** A value with the names of servers in place of their rows. */
const readable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'row' ? (part as BoardRow).server.name : part)) ?? 'null',
  )

describe('a total', () => {
  it.each(cases)('of $part $what', ({ servers, part, value, missing = '' }) => {
    const total = groupTotals(servers.map(([name, parts]) => named(name, parts)))[part]
    expect([readable(total.value) ?? undefined, namesOf(total)]).toEqual([value, missing])
  })

  it('never has fewer servers than the group: each is in it or missing', () => {
    const rows = [named('A'), named('B', untouched), named('C', using({ used: 1 })), named('D', rules(1, 2, 'No'))]
    const { users, rules: allow } = groupTotals(rows)
    expect(users.value?.limit).toBe(200)
    expect([namesOf(users), namesOf(allow)]).toEqual(['B C', 'B D'])
  })

  it('does not depend on the order of the servers', () => {
    const rows = [
      named('A', using({ used: 5, limit: 10 })),
      named('B', using({ used: 5, limit: 10 })),
      named('C', ending(inDays(9))),
      named('D', ending(inDays(9))),
      named('E', untouched),
      named('F', untouched),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(readable(groupTotals(shuffled))).toEqual(readable(groupTotals(rows)))
      }),
    )
  })
})

const denied = { session: { phase: 'denied' } } as const
const asking = { session: { phase: 'needs-otp' } } as const
const expiring = (days: number) => ({ facts: facts({ certificate: { ...presented, validTo: inDays(days) } }) })

describe('the states of a group', () => {
  it('are counted, worst first, with the most urgent alert', () => {
    const { states, level } = groupTotals([
      named('A'),
      named('B', expiring(20)),
      named('C', denied),
      named('D', expiring(5)),
      named('E', untouched),
    ])
    expect(states).toEqual([
      { verdict: 'problem', count: 1 },
      { verdict: 'alert', count: 2 },
      { verdict: 'unknown', count: 1 },
      { verdict: 'fine', count: 1 },
    ])
    expect(level).toBe('critical')
    expect(groupTotals([named('A')]).level).toBeUndefined()
  })

  it('order groups: the worst state, the most urgent alert, the number of servers in it, the name', () => {
    const group = (folder: string, parts: readonly Parts[]) => ({
      folder,
      totals: groupTotals(parts.map((part, at) => named(`${folder} ${at}`, part))),
    })
    const groups = [
      group('two problems', [denied, denied, {}]),
      group('one problem', [denied, {}, {}, {}]),
      group('a code', [asking]),
      group('critical', [expiring(5), {}]),
      group('warning', [expiring(20), expiring(20)]),
      group('not checked', [untouched]),
      group('fine 2', [{}]),
      group('fine 10', [{}]),
    ]
    const expected = groups.map(({ folder }) => folder)
    fc.assert(
      fc.property(fc.shuffledSubarray(groups, { minLength: groups.length }), (shuffled) => {
        expect(shuffled.toSorted(worstGroupFirst).map(({ folder }) => folder)).toEqual(expected)
      }),
    )
  })
})
