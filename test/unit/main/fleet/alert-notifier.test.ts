import { expect, it } from 'vitest'
import type { Note } from '@shared/fleet/new-alerts'
import type { NewAlert } from '@shared/fleet/raised-file'
import { AlertNotifier } from '@main/services/fleet/alert-notifier'
import { FakeTiming } from '@test/fakes/timing'
import { facts, inDays, limits, row } from '../../shared/fleet/sample'

const known = facts({ limits: { ...limits, users: { used: 98, limit: 100 } } })
const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
const alert = (at: number): NewAlert => ({ serverId: idOf(at), kind: 'users', raisedAt: inDays(0) })
const many = (count: number): readonly NewAlert[] => Array.from({ length: count }, (_, at) => alert(at))

function notifier() {
  const timing = new FakeTiming()
  const shown: Note[] = []
  const settings = { isOn: true }
  /** Alerts that the user has seen, or that are gone. */
  const gone = new Set<string>()
  const notify = new AlertNotifier({
    isOn: () => settings.isOn,
    rowsOf: (alerts) =>
      alerts.map((raised) => {
        const { serverId: id } = raised
        return row({ server: { id, name: `PBX ${id.slice(-3)}` }, facts: known, raised: gone.has(id) ? [] : [raised] })
      }),
    show: (note) => void shown.push(note),
    timing,
  })
  return { notify, timing, shown, settings, gone }
}

it('alerts that are raised within 20 seconds are one notification, with the first three of them', () => {
  const { notify, timing, shown } = notifier()
  for (const raised of many(200)) {
    notify.add([raised])
    timing.advance(90)
  }
  timing.advance(20_000)
  expect(shown).toEqual([
    {
      title: '200 new alerts',
      body: [
        'PBX 000: Users: 98 of 100',
        'PBX 001: Users: 98 of 100',
        'PBX 002: Users: 98 of 100',
        'and 197 more',
      ].join('\n'),
    },
  ])
  notify.add([alert(7)])
  timing.advance(20_000)
  expect(shown[1]).toEqual({ title: '1 new alert', body: 'PBX 007: Users: 98 of 100' })
})

it('a notification takes 20 seconds from its first alert, however often others follow', () => {
  const { notify, timing, shown } = notifier()
  let at = 0
  for (const [number, second] of [0, 15, 25, 40].entries()) {
    timing.advance((second - at) * 1_000)
    at = second
    notify.add([alert(number)])
  }
  timing.advance(60_000)
  expect(shown.map(({ title }) => title)).toEqual(['2 new alerts', '2 new alerts'])
})

it('nothing is shown unless the user wants it', () => {
  const { notify, timing, shown, settings } = notifier()
  settings.isOn = false
  notify.add(many(3))
  timing.advance(20_000)
  settings.isOn = true
  timing.advance(60_000)
  expect(shown).toEqual([])
})

it('an alert that was seen meanwhile is left out, and without another one nothing is shown', () => {
  const { notify, timing, shown, gone } = notifier()
  notify.add(many(2))
  gone.add(idOf(0))
  timing.advance(20_000)
  notify.add([alert(1)])
  gone.add(idOf(1))
  timing.advance(20_000)
  expect(shown).toEqual([{ title: '1 new alert', body: 'PBX 001: Users: 98 of 100' }])
})
