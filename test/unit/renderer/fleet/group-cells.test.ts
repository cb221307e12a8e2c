import { describe, expect, it } from 'vitest'
import type { SessionPhase } from '@shared/domain/session'
import { localDate, localDateTime } from '@shared/format/time'
import { boardTableRow } from '@/features/fleet/board-cells'
import { boardGroupRow } from '@/features/fleet/group-cells'
import {
  certificate as pin,
  dealerLimits,
  facts,
  inDays,
  limits,
  noRules,
  now,
  presented,
  row,
} from '../../shared/fleet/sample'

type Parts = Parameters<typeof row>[0]

/** The cells of a group of servers A, B, C and so on. */
function cells(servers: readonly Parts[], all = servers.length, folder = 'North') {
  const rows = servers.map((parts, at) => {
    const name = String.fromCodePoint(65 + at)
    return boardTableRow(row({ ...parts, server: { name, ...parts?.server, id: name } }), now)
  })
  return boardGroupRow(folder, rows, all, now).cells
}

const untouched = {
  session: { phase: 'signed-out', role: undefined, version: undefined, facts: undefined, lastSeen: undefined },
  facts: undefined,
} as const
const using = (used: number, limit = 100) => ({ facts: facts({ limits: { ...limits, users: { used, limit } } }) })
const version = (text: string) => ({ session: { version: text }, facts: facts({ version: text }) })

describe('a total that is not of all servers', () => {
  it('has their number, a mark, and the names of the others', () => {
    const { users } = cells([using(10), using(20), untouched, { facts: undefined }])
    expect(users).toMatchObject({ text: '30 of 200', detail: '2 missing', isPartial: true })
    expect(users.title.split('\n')).toEqual(['30 of 200, of 2 of 4 servers', 'Highest: 20 of 100 on B', 'Without C, D'])
  })

  it('has a mark in every column that can be unread', () => {
    const shown = cells([{}, untouched])
    for (const key of ['users', 'calls', 'maintenance', 'certificate', 'rules', 'version', 'updated', 'role'] as const)
      expect([key, shown[key].detail, shown[key].isPartial]).toEqual([key, '1 missing', true])
  })

  it('names some of many', () => {
    const { users } = cells([using(1), ...Array.from({ length: 12 }, () => untouched)])
    expect(users.title).toMatch(/Without B, C, D, E, F, G, H, I, J, K and 2 more$/)
  })

  it('of no server is “–”, never 0', () => {
    const shown = cells([untouched, untouched])
    for (const key of ['users', 'calls', 'tenants', 'maintenance', 'certificate', 'rules', 'version'] as const)
      expect(shown[key]).toEqual({
        text: '–',
        title: 'Not known for any of 2 servers',
        sort: undefined,
        isAbsent: true,
      })
  })
})

describe('values of servers that are not signed in', () => {
  const signedOut = (days: number, parts: object = {}) => ({
    session: { phase: 'signed-out', lastSeen: undefined },
    facts: facts({ limits: { ...limits, readAt: inDays(-days), ...parts } }),
  })

  it('are in a total with their number and the age of the oldest', () => {
    const { users, maintenance } = cells([using(10), signedOut(2), signedOut(9), untouched])
    expect(users.detail).toBe('1 missing, 2 earlier')
    expect(users.title).toContain('Includes values of 2 servers that are not signed in, the oldest 9 d ago')
    expect(maintenance.detail).toBe('1 missing, 2 earlier')
    expect(cells([using(10), using(20)]).users.detail).toBeUndefined()
    expect(cells([using(10), signedOut(3)]).users).toMatchObject({ detail: '1 earlier' })
  })

  it('are counted among those with alerts as what they are', () => {
    const full = { users: { used: 100, limit: 100 } }
    const { state } = cells([signedOut(4, full), using(100)])
    expect(state).toMatchObject({ text: 'Alerts 2 (1 earlier)' })
    expect(state.title).toContain('the oldest 4 d ago')
    expect(cells([using(100)]).state.text).toBe('Alerts 1')
  })
})

describe('a value of a server that is not signed in', () => {
  /** In this phase for three days. */
  const since = (phase: SessionPhase, parts: Parameters<typeof facts>[0] = {}) => ({
    session: { phase, since: inDays(-3), role: undefined, version: undefined, facts: undefined },
    facts: facts({
      limits: { ...limits, readAt: inDays(-4) },
      certificate: { ...presented, readAt: inDays(-4) },
      expiringRules: { ...noRules, readAt: inDays(-4) },
      ...parts,
    }),
  })
  const shownAgain = { certificate: { ...presented, readAt: inDays(-1), validTo: inDays(8) } }

  it.each(['signed-out', 'unreachable', 'untrusted', 'needs-password', 'needs-otp', 'denied'] as const)(
    'that was read before it was %s is an earlier one, in all columns of values',
    (phase) => {
      const shown = cells([{}, since(phase)])
      const keys = ['users', 'calls', 'maintenance', 'certificate', 'rules', 'version', 'role'] as const
      for (const key of keys) {
        expect([key, shown[key].detail]).toEqual([key, '1 earlier'])
        expect(shown[key].title).toContain('Includes values of 1 server that is not signed in, the oldest 4 d ago')
      }
    },
  )

  it.each(['signed-out', 'unreachable', 'needs-password'] as const)(
    'that a handshake showed since it is %s is not an earlier one, nor is the alert that follows from it',
    (phase) => {
      const { certificate, users, state } = cells([since(phase, shownAgain)])
      expect(certificate.detail).toBeUndefined()
      expect(certificate.title).not.toContain('not signed in')
      expect(users.detail).toBe('1 earlier')
      if (phase === 'signed-out') expect(state).toMatchObject({ text: 'Alerts 1', title: 'Alerts 1' })
    },
  )

  it('that was shown since the app was started is not an earlier one, even if the state has no beginning', () => {
    const before = since('signed-out')
    const shown = (readAt: string) => ({
      session: { ...before.session, since: undefined },
      facts: facts({ certificate: { ...presented, readAt } }),
    })
    expect(cells([shown(new Date().toISOString())]).certificate.detail).toBeUndefined()
    expect(cells([shown(new Date(performance.timeOrigin - 1).toISOString())]).certificate.detail).toBe('1 earlier')
  })

  it('has no age if the time is not known, as for a trusted certificate', () => {
    const { certificate: trusted } = cells([{ ...since('unreachable', { certificate: undefined }), server: { pin } }])
    expect(trusted.detail).toBe('1 earlier')
    expect(trusted.title).toMatch(/Includes values of 1 server that is not signed in$/m)
    const { version: shown } = cells([
      {},
      since('signed-out', { limits: undefined, expiringRules: undefined, lastResponse: undefined }),
    ])
    expect(shown.title).toMatch(/Includes values of 1 server that is not signed in$/m)
  })
})

describe('a total of users', () => {
  const dealer = { facts: facts({ limits: dealerLimits({ used: 99, limit: 100 }) }) }

  it('is that of the licenses: limits of a dealer are not part of it, and missing', () => {
    const { users } = cells([using(10), dealer])
    expect(users).toMatchObject({ text: '10 of 100', detail: '1 missing', level: undefined })
    expect(users.title).toContain('Without B')
  })

  it('is that of the dealers if there is nothing else, and says so', () => {
    const { users, tenants } = cells([dealer, dealer, untouched])
    expect(users).toMatchObject({ text: '198 of 200', detail: 'Dealer, 1 missing', level: 'critical' })
    expect(users.title).toContain('Limits of the dealer, not of the server’s license')
    expect(tenants).toMatchObject({ text: '2 of 20', detail: 'Dealer, 1 missing' })
  })
})

describe('a total of all servers', () => {
  it('has no mark', () => {
    const { users } = cells([using(10), using(20, 50)])
    expect(users).toEqual({
      text: '30 of 150',
      title: '30 of 150, of 2 servers\nHighest: 20 of 50 on B',
      sort: 0.2,
      level: undefined,
    })
  })

  it('has the level of the server that is nearest to its limit or its end', () => {
    const soonest = [{ cidr: '10.0.0.1/32', expiresAt: inDays(1) }]
    const { users, certificate, rules } = cells([
      { ...using(99) },
      { facts: facts({ certificate: { ...presented, validTo: inDays(8) } }) },
      { facts: facts({ expiringRules: { ...noRules, count: 2, soonest } }) },
    ])
    expect([users.text, users.level]).toEqual(['119 of 300', 'critical'])
    expect([certificate.text, certificate.level]).toEqual(['in 8 d', 'critical'])
    expect(certificate.title).toBe(`in 8 d, of 3 servers\n${localDateTime(inDays(8))}\nFirst: B`)
    expect([rules.text, rules.level]).toEqual(['2', 'critical'])
    expect(rules.title).toContain(`First: ${localDateTime(inDays(1))} on C`)
  })

  it('is the first end as a date, and the response longest ago as an age', () => {
    const { maintenance, response } = cells([{}, { session: { lastSeen: inDays(-3) } }])
    expect(maintenance.text).toBe(localDate(inDays(200)))
    expect([response.text, response.title]).toEqual([
      '3 d ago',
      `3 d ago, of 2 servers\nLongest ago: ${localDateTime(inDays(-3))}, B`,
    ])
  })
})

describe('the versions of a group', () => {
  it.each([
    [['22.2.10.1', '22.2.10.1'], '22.2.10'],
    [['22.6.1.5', '22.2.10.1'], '22.2 to 22.6'],
    [['22.2.9.1', '22.2.10.1'], '22.2.9 to 22.2.10'],
    [['22.2.10.1', '22.2.10.7'], '22.2.10.1 to 22.2.10.7'],
    [['21.9.1', '22.2.10.1', '22.0.1'], '21.9 to 22.2'],
    [['22.2', '22.2.10'], '22.2 to 22.2.10'],
  ])('%j are %s', (versions, expected) => expect(cells(versions.map(version)).version.text).toBe(expected))

  it('are listed in the tooltip, the oldest first', () => {
    const { version: shown } = cells(['22.10.1', '22.9.1', '22.10.1'].map(version))
    expect(shown.title).toBe('22.9 to 22.10, of 3 servers\n22.9.1\n22.10.1')
  })
})

describe('the name and the state of a group', () => {
  it('has how many servers the filter shows of the folder', () => {
    expect(cells([{}, {}]).server).toMatchObject({ text: 'North', detail: '2 servers' })
    expect(cells([{}, {}], 12).server).toMatchObject({ detail: '2 of 12 servers' })
    expect(cells([{}], 1, '').server).toMatchObject({ text: 'No folder', detail: '1 server' })
    expect(cells([{}], 1, 'A\u202eB').server.text).not.toContain('\u202e')
  })

  it('has the worst state with its number, and then the others', () => {
    const { state } = cells([
      {},
      { session: { phase: 'denied' } },
      { server: { paused: true } },
      untouched,
      { session: { phase: 'denied' } },
    ])
    expect(state).toMatchObject({
      text: 'Problems 2',
      detail: 'Not checked 1, No alerts 1, Paused 1',
      title: 'Problems 2\nNot checked 1\nNo alerts 1\nPaused 1',
      level: 'critical',
    })
    expect(cells([{}, {}]).state).toMatchObject({ text: 'No alerts 2', level: undefined })
    expect(cells([{}, {}]).state.detail).toBeUndefined()
    expect(cells([using(91), {}]).state).toMatchObject({ text: 'Alerts 1', detail: 'No alerts 1', level: 'warning' })
  })
})
