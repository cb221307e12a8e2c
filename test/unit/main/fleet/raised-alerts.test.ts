import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { mutedKey } from '@shared/fleet/alerts'
import type { StoredFacts } from '@shared/fleet/facts'
import type { NewAlert } from '@shared/fleet/raised-file'
import { RaisedAlerts, alertsStore } from '@main/services/fleet/raised-alerts'
import { FakeTiming } from '@test/fakes/timing'
import { facts, inDays, limits, presented, server, session } from '../../shared/fleet/sample'
import { temporaryFolder } from '../storage/temporary'

const [a, b] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const
const usersOf = (used: number): StoredFacts => facts({ limits: { ...limits, users: { used, limit: 100 } } })

/** What the app knows of its servers; it stays over a restart. */
interface World {
  readonly folder: string
  readonly servers: Map<string, ServerRecord>
  readonly facts: Map<string, StoredFacts>
  readonly states: Map<string, SessionState>
  muted: ReadonlySet<string>
  now: number
}

const world = (): World => ({
  folder: temporaryFolder(),
  servers: new Map([a, b].map((id) => [id, server({ id, name: id === a ? 'Berlin' : 'Oslo' })])),
  facts: new Map([a, b].map((id) => [id, facts()])),
  states: new Map(),
  muted: new Set(),
  now: Date.parse(inDays(0)),
})

/** The alerts after a start of the app. */
function open(of = world()) {
  const timing = new FakeTiming()
  const pushed: string[][] = []
  const raised: string[][] = []
  const reports: string[] = []
  const file = join(of.folder, 'fleet-alerts.json')
  const names = (alerts: readonly NewAlert[]): string[] =>
    alerts.map(({ serverId, kind }) => `${of.servers.get(serverId)?.name ?? serverId} ${kind}`)
  const alerts = new RaisedAlerts({
    store: alertsStore(file),
    ids: () => [...of.servers.keys()],
    record: (id) => of.servers.get(id),
    state: (id) => of.states.get(id) ?? session({ serverId: id }),
    facts: (id) => of.facts.get(id),
    muted: () => of.muted,
    onChange: (list) => void pushed.push(names(list)),
    onRaised: (list) => void raised.push(names(list)),
    report: (what) => void reports.push(what),
    now: () => of.now,
    timing,
  })
  alerts.start()
  /** Time passes: the app compares again every 15 seconds. */
  const pass = (ms: number): void => {
    of.now += ms
    timing.advance(ms)
  }
  const restart = async () => {
    alerts.stop()
    await alerts.settled()
    return open(of)
  }
  return { of, file, alerts, timing, pushed, raised, reports, names, pass, restart }
}

const minute = 60_000
const day = 24 * 60 * minute

describe('an alert', () => {
  it('that is there at the first start is known; one that arises is raised and is new in the window', () => {
    const of = world()
    of.facts.set(b, usersOf(99))
    const { alerts, raised, pushed, names } = open(of)
    expect([raised, alerts.list()]).toEqual([[], []])
    of.facts.set(a, usersOf(95))
    alerts.check([a])
    alerts.check([a])
    expect([raised, pushed.at(-1), names(alerts.list())]).toEqual([
      [['Berlin users']],
      ['Berlin users'],
      ['Berlin users'],
    ])
  })

  it('is not raised a second time by a restart, stays new until it was seen, and is then not new', async () => {
    const first = open()
    first.of.facts.set(a, usersOf(95))
    first.alerts.check([a])
    const second = await first.restart()
    expect([second.raised, second.names(second.alerts.list())]).toEqual([[], ['Berlin users']])
    second.alerts.markSeen(second.alerts.list())
    expect([second.alerts.list(), second.pushed.at(-1)]).toEqual([[], []])
    const third = await second.restart()
    expect([third.raised, third.alerts.list()]).toEqual([[], []])
  })

  it('stays new if it became more urgent after the user has looked', () => {
    const { of, alerts, raised, names } = open()
    of.facts.set(a, usersOf(95))
    alerts.check()
    const seen = alerts.list()
    of.now += minute
    of.facts.set(a, usersOf(99))
    alerts.check()
    alerts.markSeen(seen)
    expect([raised.length, names(alerts.list())]).toEqual([2, ['Berlin users']])
  })

  it('of an end that came nearer while the app did not run is raised at the start, also from old facts', async () => {
    const first = open()
    first.of.facts.set(a, facts({ certificate: { ...presented, validTo: inDays(31) } }))
    first.alerts.check()
    first.of.now += 3 * day
    expect((await first.restart()).raised).toEqual([['Berlin certificate']])
  })

  it('of an end is raised while the app runs, without a reading', () => {
    const of = world()
    of.facts.set(
      a,
      facts({ certificate: { ...presented, validTo: new Date(of.now + 60 * day + minute).toISOString() } }),
    )
    const { pass, raised } = open(of)
    pass(minute)
    expect(raised).toEqual([])
    pass(minute)
    expect(raised).toEqual([['Berlin certificate']])
  })

  it('about a server that does not respond is raised after a minute, without a change of its state', () => {
    const { of, alerts, pass, raised } = open()
    const error = { code: 'offline', message: 'Connection refused' } as const
    const at = (ms: number): string => new Date(of.now + ms).toISOString()
    const outage = { since: at(0), failedAt: at(0), error }
    of.states.set(a, session({ serverId: a, unreachable: outage }))
    alerts.check([a])
    pass(5 * minute)
    expect(raised).toEqual([])
    const again = { since: at(0), failedAt: at(2_000), error }
    of.states.set(a, session({ serverId: a, unreachable: again }))
    pass(45_000)
    expect(raised).toEqual([])
    pass(15_000)
    expect(raised).toEqual([['Berlin unreachable']])
  })
})

describe('the user', () => {
  it('mutes or pauses what is new: it is no longer new, and what arises then is not raised', () => {
    const { of, alerts, raised, pushed } = open()
    of.facts.set(a, usersOf(95))
    of.facts.set(b, usersOf(95))
    alerts.check()
    of.muted = new Set([mutedKey(a, 'users')])
    of.servers.set(b, server({ id: b, name: 'Oslo', paused: true }))
    alerts.check()
    of.facts.set(a, usersOf(99))
    of.facts.set(b, usersOf(99))
    alerts.check()
    expect([raised, pushed.at(-1), alerts.list()]).toEqual([[['Berlin users', 'Oslo users']], [], []])
  })

  it('removes a server or changes its address: nothing is left of it, also on disk', async () => {
    const { of, alerts, pushed, file, restart } = open()
    of.facts.set(a, usersOf(95))
    alerts.check()
    of.servers.delete(a)
    alerts.forget([a])
    expect([pushed.at(-1), alerts.list()]).toEqual([[], []])
    await restart()
    const stored = readFileSync(file, 'utf8')
    expect([stored.includes(a), stored.includes(b)]).toEqual([false, true])
  })

  it('removed a server while the app did not run, or without its alerts: they are forgotten at the start', async () => {
    const first = open()
    first.of.facts.set(a, usersOf(95))
    first.alerts.check()
    first.of.servers.delete(a)
    expect((await first.restart()).alerts.list()).toEqual([])
  })
})

describe('rows for a notification', () => {
  it('have the alerts that were raised and are still new and not muted', () => {
    const { of, alerts } = open()
    of.facts.set(a, usersOf(95))
    of.facts.set(b, usersOf(95))
    alerts.check()
    const raised = alerts.list()
    const texts = () =>
      alerts
        .rowsOf(raised)
        .flatMap(({ server: { name }, newAlerts }) => newAlerts.map(({ text }) => `${name}: ${text}`))
    expect(texts()).toEqual(['Berlin: Users: 95 of 100', 'Oslo: Users: 95 of 100'])
    alerts.markSeen(raised.slice(1))
    expect(texts()).toEqual(['Berlin: Users: 95 of 100'])
    of.servers.delete(a)
    expect(texts()).toEqual([])
  })

  it('do not have what was raised earlier on the same server', () => {
    const { of, alerts } = open()
    of.facts.set(a, usersOf(95))
    alerts.check()
    of.facts.set(a, { ...usersOf(95), certificate: { ...presented, validTo: inDays(5) } })
    alerts.check()
    const later = alerts.list().filter(({ kind }) => kind === 'certificate')
    expect(alerts.rowsOf(later).map(({ newAlerts }) => newAlerts.map(({ kind }) => kind))).toEqual([['certificate']])
  })
})

describe('the file', () => {
  it('has no names, addresses, texts or values', async () => {
    const { of, alerts, file, restart } = open()
    of.facts.set(a, usersOf(95))
    alerts.check()
    await restart()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      version: 1,
      servers: [{ serverId: a }, { serverId: b }],
    })
    expect(readFileSync(file, 'utf8')).not.toMatch(/Berlin|example\.com|95|AB:AB/)
  })

  it('is not written again without a change', async () => {
    const { alerts, file, pass } = open()
    await alerts.settled()
    rmSync(file)
    pass(10 * minute)
    await alerts.settled()
    expect(existsSync(file)).toBe(false)
  })

  it('that is damaged or of a newer version raises nothing that is known', () => {
    for (const text of ['{', '{"version":9}']) {
      const of = world()
      of.facts.set(a, usersOf(99))
      writeFileSync(join(of.folder, 'fleet-alerts.json'), text)
      expect(open(of).raised).toEqual([])
    }
  })

  it('that cannot be saved is reported, and the alerts of this run are known', async () => {
    const of = world()
    writeFileSync(join(of.folder, 'fleet-alerts.json'), '{"version":9}')
    const { alerts, reports, raised } = open(of)
    of.facts.set(a, usersOf(95))
    alerts.check()
    await alerts.settled()
    expect([reports, raised]).toEqual([['raised alerts not saved'], [['Berlin users']]])
  })
})
