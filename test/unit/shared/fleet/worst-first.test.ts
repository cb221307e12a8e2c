import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sessionPhases } from '@shared/domain/session'
import { worstFirst } from '@shared/fleet/worst-first'
import { certificate, facts, inDays, limits, presented, row } from './sample'

const expiresIn = (days: number) => facts({ certificate: { ...presented, validTo: inDays(days) } })
const outage = {
  since: inDays(-1),
  failedAt: inDays(-1),
  error: { code: 'offline', message: 'Connection refused' },
} as const

/** Servers from the worst to the best; each has another name and ID, against the order of the table. */
const table: readonly (readonly [name: string, parts: Parameters<typeof row>[0]])[] = [
  ['unreachable, with an alert', { session: { phase: 'unreachable' }, facts: expiresIn(5) }],
  ['blocked', { session: { phase: 'denied' } }],
  ['waits for a code, with an alert', { session: { phase: 'needs-otp' }, facts: expiresIn(20) }],
  ['waits for a password', { session: { phase: 'needs-password' } }],
  [
    'signed out, with two alerts, one critical',
    {
      session: { phase: 'signed-out' },
      facts: facts({
        limits: { ...limits, users: { used: 99, limit: 100 } },
        certificate: { ...presented, validTo: inDays(50) },
      }),
    },
  ],
  ['signed in, with a critical alert', { facts: expiresIn(5) }],
  ['signed in, with a warning', { facts: expiresIn(20) }],
  ['signed in, with a notice', { facts: expiresIn(50) }],
  ['signed in, not everything known', { facts: facts({ certificate: undefined }) }],
  ['connecting', { session: { phase: 'connecting' } }],
  ['signed in, no alerts', {}],
  ['paused, unreachable', { server: { paused: true }, session: { phase: 'unreachable', unreachable: outage } }],
]
const sorted = table.map(([, parts], at) =>
  row({ ...parts, server: { ...parts?.server, name: `PBX ${table.length - at}`, id: `${table.length - at}` } }),
)

describe('worst first', () => {
  it.each(table.slice(1).map(([name], at) => [table[at]?.[0] ?? '', name, at] as const))(
    '%s, before %s',
    (_, __, at) => {
      const [worse, better] = [sorted[at], sorted[at + 1]]
      if (worse === undefined || better === undefined) throw new Error('Not in the table')
      expect(Math.sign(worstFirst(worse, better))).toBe(-1)
      expect(Math.sign(worstFirst(better, worse))).toBe(1)
    },
  )

  it('counts a changed certificate as worse than an unknown one', () => {
    const [changed, unknown] = [
      row({ server: { name: 'B' }, session: { phase: 'untrusted', certificate, pinned: certificate } }),
      row({ server: { name: 'A' }, session: { phase: 'untrusted', certificate } }),
    ]
    expect([unknown, changed].sort(worstFirst)).toEqual([changed, unknown])
  })

  it('orders servers alike by name, with numbers by size, and by ID if they have the same name', () => {
    const names = [
      ['PBX 2', 'b'],
      ['PBX 10', 'c'],
      ['PBX 10', 'd'],
      ['pbx 11', 'a'],
    ] as const
    const rows = names.map(([name, id]) => row({ server: { name, id } }))
    expect(rows.toReversed().sort(worstFirst)).toEqual(rows)
  })
})

const anyRow = fc
  .record({
    id: fc.uuid(),
    name: fc.constantFrom('A', 'a', 'PBX 2', 'PBX 10', 'Ä', ''),
    phase: fc.constantFrom(...sessionPhases),
    isPaused: fc.boolean(),
    isOut: fc.boolean(),
    days: fc.option(fc.integer({ min: -5, max: 70 }), { nil: undefined }),
    used: fc.option(fc.integer({ min: 80, max: 100 }), { nil: undefined }),
  })
  .map(({ id, name, phase, isPaused, isOut, days, used }) =>
    row({
      server: { id, name, paused: isPaused },
      session: { phase, ...(isOut && { unreachable: outage }) },
      facts: facts({
        certificate: days === undefined ? undefined : { ...presented, validTo: inDays(days) },
        limits: { ...limits, users: { used, limit: 100 } },
      }),
    }),
  )
const rows = fc.uniqueArray(anyRow, { selector: ({ server }) => server.id, maxLength: 12 })

describe('the order of any servers', () => {
  it('does not depend on the order in which they were added', () => {
    fc.assert(
      fc.property(
        rows.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(shuffled.sort(worstFirst)).toEqual([...list].sort(worstFirst))
        },
      ),
    )
  })

  it('is total: two servers are never alike, and both directions agree', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (a, b) => {
        expect(worstFirst(a, a)).toBe(0)
        if (a.server.id !== b.server.id) expect(worstFirst(a, b)).not.toBe(0)
        expect(Math.sign(worstFirst(a, b)) + Math.sign(worstFirst(b, a))).toBe(0)
      }),
    )
  })

  it('is transitive', () => {
    fc.assert(
      fc.property(anyRow, anyRow, anyRow, (a, b, c) => {
        if (worstFirst(a, b) < 0 && worstFirst(b, c) < 0) expect(worstFirst(a, c)).toBeLessThan(0)
      }),
    )
  })
})
