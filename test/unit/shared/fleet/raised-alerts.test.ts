import { describe, expect, it } from 'vitest'
import { limitsOwners } from '@shared/domain/server-facts'
import { alertKinds, alertsOf, type AlertKind, type RaisedKind } from '@shared/fleet/alerts'
import type { StoredFacts } from '@shared/fleet/facts'
import { asSeen, newAlertsOf, nextAlerts, raisedBetween, type Observed } from '@shared/fleet/raised-alerts'
import type { KnownAlerts } from '@shared/fleet/raised-file'
import { certificate, facts, inDays, limits, noRules, now, presented, server, session } from './sample'

const id = server().id
const hour = 1 / 24
const time = (days: number): number => Date.parse(inDays(days))

const observed = (changes: Partial<Observed> = {}): Observed => ({
  server: server(),
  session: session(),
  facts: facts(),
  muted: new Set(),
  ...changes,
})
const withUsers = (used: number): StoredFacts => facts({ limits: { ...limits, users: { used, limit: 100 } } })
const withCertificate = (days: number): StoredFacts => facts({ certificate: { ...presented, validTo: inDays(days) } })
const withRules = (days: number): StoredFacts =>
  facts({ expiringRules: { ...noRules, count: 1, soonest: [{ cidr: '10.0.0.1/32', expiresAt: inDays(days) }] } })

type Step = readonly [days: number, changes: Partial<Observed>, raised: readonly RaisedKind[]]

/** Observes one step after the other, each at its day, and compares what each raises. */
function pass(steps: readonly Step[], before: KnownAlerts = {}): KnownAlerts {
  return steps.reduce((known, [days, changes, expected]) => {
    const after = nextAlerts(known, observed(changes), time(days))
    expect([days, raisedBetween(id, known, after).map(({ kind }) => kind)]).toEqual([days, expected])
    return after
  }, before)
}
const newKinds = (known: KnownAlerts): readonly string[] => newAlertsOf(id, known).map(({ kind }) => kind)

const first: Step = [0, {}, []]

describe('an alert is raised', () => {
  const cases: readonly (readonly [what: string, steps: readonly Step[]])[] = [
    ['not at the first reading of a server', [[0, { facts: withUsers(99) }, []]]],
    [
      'not at the first reading of a part',
      [
        [0, { facts: facts({ expiringRules: undefined }) }, []],
        [1, { facts: withRules(5) }, []],
      ],
    ],
    ['once when a limit is near', [first, [1, { facts: withUsers(91) }, ['users']], [1, { facts: withUsers(92) }, []]]],
    [
      'again when it becomes more urgent, not when it becomes less urgent',
      [
        first,
        [1, { facts: withUsers(91) }, ['users']],
        [2, { facts: withUsers(98) }, ['users']],
        [3, { facts: withUsers(95) }, []],
        [3, { facts: withUsers(99) }, []],
      ],
    ],
    [
      'at each level of an end that comes nearer, by the mere passing of time',
      [
        [0, { facts: withCertificate(61) }, []],
        [0.9, { facts: withCertificate(61) }, []],
        [1.5, { facts: withCertificate(61) }, ['certificate']],
        [2, { facts: withCertificate(61) }, []],
        [32, { facts: withCertificate(61) }, ['certificate']],
        [52, { facts: withCertificate(61) }, ['certificate']],
        [62, { facts: withCertificate(61) }, []],
      ],
    ],
    [
      'by an end of which only the trusted certificate is known',
      [
        [0, { server: server({ pin: { ...certificate, validTo: inDays(31) } }), facts: undefined }, []],
        [2, { server: server({ pin: { ...certificate, validTo: inDays(31) } }), facts: undefined }, ['certificate']],
      ],
    ],
    [
      'for several kinds together',
      [first, [1, { facts: { ...withUsers(99), expiringRules: withRules(3).expiringRules } }, ['users', 'rules']]],
    ],
    [
      'for the next rule when the first one has expired',
      [
        first,
        [0, { facts: withRules(5) }, ['rules']],
        [6, { facts: withRules(30) }, []],
        [24, { facts: withRules(30) }, ['rules']],
      ],
    ],
    [
      'again once its end was moved and has come near again',
      [
        first,
        [0, { facts: withCertificate(5) }, ['certificate']],
        [1, { facts: withCertificate(90) }, []],
        [65, { facts: withCertificate(90) }, ['certificate']],
      ],
    ],
    [
      'not by a server that lost what was known of it',
      [
        first,
        [0, { facts: withUsers(99) }, ['users']],
        [1, { facts: undefined }, []],
        [2, { facts: withUsers(99) }, []],
      ],
    ],
    [
      'not while rules cannot be read, which is not the end of an alert',
      [
        first,
        [0, { facts: withRules(5) }, ['rules']],
        [1, { facts: facts({ expiringRules: { ...noRules, problem: 'No permission' } }) }, []],
        [2, { facts: withRules(5) }, []],
      ],
    ],
  ]
  it.each(cases)('%s', (_what, steps) => void pass(steps))
})

describe('usage that swings', () => {
  it('around a level is raised once', () => {
    const swing = Array.from({ length: 40 }, (_, at): Step => [
      1 + at * hour,
      { facts: withUsers(at % 2 === 0 ? 85 : 95) },
      at === 1 ? ['users'] : [],
    ])
    pass([first, ...swing])
  })

  it('every day to the same peak is raised once', () => {
    const days = [1, 2, 3, 4].flatMap((day): readonly Step[] => [
      [day, { facts: withUsers(100) }, day === 1 ? ['users'] : []],
      [day + 6 * hour, { facts: withUsers(10) }, []],
      [day + 20 * hour, { facts: withUsers(20) }, []],
    ])
    pass([first, ...days])
  })

  it('is raised again after a day below the level, also if that began while the clock was ahead', () => {
    const known = pass([
      first,
      [10, { facts: withUsers(95) }, ['users']],
      [11, { facts: withUsers(50) }, []],
      [1, { facts: withUsers(50) }, []],
      [2.1, { facts: withUsers(50) }, []],
      [2.2, { facts: withUsers(95) }, ['users']],
    ])
    expect(newKinds(known)).toEqual(['users'])
  })

  it('is raised again after a day below the level', () => {
    pass([
      first,
      [1, { facts: withUsers(95) }, ['users']],
      [2, { facts: withUsers(80) }, []],
      [2.9, { facts: withUsers(80) }, []],
      [3.1, { facts: withUsers(80) }, []],
      [4, { facts: withUsers(95) }, ['users']],
    ])
  })
})

describe('a server that does not respond', () => {
  const outage = (seconds: number): Partial<Observed> => ({
    session: session({
      unreachable: {
        since: inDays(0),
        failedAt: new Date(now + seconds * 1_000).toISOString(),
        error: { code: 'offline', message: 'Connection refused' },
      },
    }),
  })
  const outOfReach = (changes: Parameters<typeof session>[0]): Partial<Observed> => ({ session: session(changes) })

  const minutes = 1 / (24 * 60)

  it('is raised once it has not responded for a minute, not by one lost packet, however long ago', () => {
    pass([first, [0, outage(0), []], [1, outage(0.9), []], [1, outage(59), ['unreachable']], [2, outage(9_999), []]])
  })

  it('is raised when the minute is over, if both requests have failed within it', () => {
    pass([first, [0, outage(0), []], [0.9 * minutes, outage(5), []], [1.1 * minutes, outage(5), ['unreachable']]])
  })

  it('is raised also if the clock was set back after the first failure', () => {
    pass([first, [0, outage(0), []], [1, outage(-3_600), ['unreachable']]])
  })

  it('is not raised when it responds again, and is raised by the next outage', () => {
    const known = pass([first, [1, outage(60), ['unreachable']], [2, {}, []]])
    expect(newKinds(known)).toEqual([])
    pass([[3, outage(60), ['unreachable']]], known)
  })

  it('stays as it is until it was contacted in this run', () => {
    const idle = outOfReach({ phase: 'signed-out', lastSeen: undefined })
    const failed = outOfReach({ phase: 'unreachable' })
    const known = pass([first, [1, outage(60), ['unreachable']]])
    pass(
      [
        [2, idle, []],
        [2, failed, []],
        [3, outage(90), []],
      ],
      known,
    )
    pass([
      [0, idle, []],
      [1, outage(60), []],
    ])
  })
})

describe('what the user does not want to know', () => {
  const muted = new Set([`${id} users`, 'other calls'])

  it('is not raised while it is muted, nor when it is unmuted; others are', () => {
    const both = facts({ limits: { ...limits, users: { used: 95, limit: 100 }, calls: { used: 50, limit: 50 } } })
    const known = pass([first, [1, { facts: both, muted }, ['calls']], [2, { facts: both }, []]])
    expect(newKinds(known)).toEqual(['calls'])
  })

  it('is no longer new once it is muted or its server paused', () => {
    const known = pass([first, [1, { facts: withUsers(95) }, ['users']]])
    expect(newKinds(known)).toEqual(['users'])
    expect(newKinds(pass([[2, { facts: withUsers(95), muted }, []]], known))).toEqual([])
    expect(newKinds(pass([[2, { facts: withUsers(95), server: server({ paused: true }) }, []]], known))).toEqual([])
  })

  it('is not raised on a paused server, but what came nearer meanwhile is raised when it is resumed', () => {
    const paused = server({ paused: true })
    pass([
      [0, { facts: withCertificate(31) }, []],
      [2, { facts: withCertificate(31), server: paused }, []],
      [3, { facts: withCertificate(31) }, ['certificate']],
    ])
  })
})

it.each(limitsOwners)('the levels that are known of a %s are those of the alerts on the board', (owner) => {
  const ends = [-1, 1, 5, 9, 25, 40, 80]
  const userKinds = ['users', 'dealer-users', 'tenant-users'] as const
  const ofOthers = userKinds.filter((kind) => kind !== (owner === 'server' ? 'users' : `${owner}-users`))
  for (const end of ends)
    for (const used of [0, 89, 90, 98, 100]) {
      const usage = { used, limit: 100 }
      const both = facts({
        limits: { ...limits, owner, users: usage, calls: usage, tenants: usage, maintenanceExpiresAt: inDays(end) },
        certificate: { ...presented, validTo: inDays(end) },
        expiringRules: withRules(end).expiringRules,
      })
      const known = nextAlerts({}, observed({ facts: both }), now)
      const shown = alertsOf(both, server(), now)
      for (const kind of ofOthers) expect(known[kind]).toBeUndefined()
      for (const kind of alertKinds.filter((each) => !ofOthers.some((other) => other === each)))
        expect([kind, end, used, known[kind]?.level]).toEqual([
          kind,
          end,
          used,
          shown.find((alert) => alert.kind === kind)?.level ?? 'none',
        ])
    }
})

it('a new alert stays new at other values, until the user has seen it or it is gone', () => {
  const raised = pass([first, [1, { facts: withCertificate(29) }, ['certificate']]])
  const [alert] = newAlertsOf(id, raised)
  expect(alert).toEqual({ serverId: id, kind: 'certificate' satisfies AlertKind, raisedAt: inDays(1) })
  const later = pass([[2, { facts: withCertificate(50) }, []]], raised)
  expect(newAlertsOf(id, later)).toEqual([alert])
  expect(newKinds(pass([[2, { facts: withCertificate(365) }, []]], raised))).toEqual([])
  const { certificate: known = { level: 'none' } } = later
  expect(newKinds({ ...later, certificate: asSeen(known) })).toEqual([])
})
