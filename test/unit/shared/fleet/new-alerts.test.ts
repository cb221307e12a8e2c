import { describe, expect, it } from 'vitest'
import type { RaisedKind } from '@shared/fleet/alerts'
import { boardFilter } from '@shared/fleet/filter'
import { firstRaised, newAlertLines, noteOf } from '@shared/fleet/new-alerts'
import { facts, inDays, limits, now, presented, row } from './sample'

const id = facts().serverId
const raised = (kind: RaisedKind, days = 0) => ({ serverId: id, kind, raisedAt: inDays(days) })
const near = facts({
  limits: { ...limits, users: { used: 95, limit: 100 } },
  certificate: { ...presented, validTo: inDays(5) },
})
const outage = {
  phase: 'unreachable',
  unreachable: { since: inDays(0), failedAt: inDays(0), error: { code: 'offline', message: 'Connection refused' } },
} as const
const newTexts = (parts: Parameters<typeof row>[0]): readonly string[] => row(parts).newAlerts.map(({ text }) => text)

describe('the new alerts of a row', () => {
  it('are those that were raised, at their current values, the most urgent first', () => {
    expect(newTexts({ facts: near })).toEqual([])
    expect(newTexts({ facts: near, raised: [raised('users')] })).toEqual(['Users: 95 of 100'])
    const texts = newTexts({ facts: near, raised: [raised('users'), raised('certificate')] })
    expect(texts).toEqual([expect.stringMatching(/^Certificate expires /), 'Users: 95 of 100'])
  })

  it('do not have what is gone or muted', () => {
    expect(newTexts({ facts: facts(), raised: [raised('users')] })).toEqual([])
    expect(newTexts({ facts: near, raised: [raised('users')], muted: [`${id} users`] })).toEqual([])
  })

  it('have that a server does not respond, only while it does not', () => {
    expect(newTexts({ session: outage, raised: [raised('unreachable')] })).toEqual([
      expect.stringMatching(/^Unreachable since /),
    ])
    expect(newTexts({ raised: [raised('unreachable')] })).toEqual([])
    expect(newTexts({ session: outage })).toEqual([])
  })

  it('are found by state:new', () => {
    const { test, problems } = boardFilter('state:new')
    expect(problems).toEqual([])
    expect(test(row({ facts: near, raised: [raised('users')] }), now)).toBe(true)
    expect(test(row({ facts: near }), now)).toBe(false)
  })
})

describe('the lines', () => {
  it('have the server of each alert, those of the worst server first', () => {
    const rows = [
      row({ server: { name: 'Oslo' }, facts: near, raised: [raised('users', -1)] }),
      row({ server: { name: 'Rome' } }),
      row({
        server: { name: 'Berlin' },
        session: outage,
        facts: near,
        raised: [raised('unreachable'), raised('users')],
      }),
    ]
    expect(newAlertLines(rows)).toEqual([
      expect.stringMatching(/^Berlin: Unreachable since /),
      'Berlin: Users: 95 of 100',
      'Oslo: Users: 95 of 100',
    ])
    expect(firstRaised(rows)).toBe(inDays(-1))
    expect(firstRaised([])).toBeUndefined()
  })

  it('show a name as plain text: clipped, without line breaks, controls and changes of direction', () => {
    const line = (name: string) => newAlertLines([row({ server: { name }, facts: near, raised: [raised('users')] })])[0]
    expect(line('a\nb\u0007\u202ec')).toBe('a␊b␇⟨U+202E⟩c: Users: 95 of 100')
    expect(line('😀'.repeat(50))).toBe(`${'😀'.repeat(39)}…: Users: 95 of 100`)
    expect(line('x'.repeat(40))).toBe(`${'x'.repeat(40)}: Users: 95 of 100`)
  })
})

describe('the notification', () => {
  it('has up to three lines and the number of all', () => {
    expect(noteOf([])).toBeUndefined()
    expect(noteOf(['a'])).toEqual({ title: '1 new alert', body: 'a' })
    expect(noteOf(['a', 'b', 'c'])).toEqual({ title: '3 new alerts', body: 'a\nb\nc' })
    expect(noteOf(['a', 'b', 'c', 'd', 'e'])).toEqual({ title: '5 new alerts', body: 'a\nb\nc\nand 2 more' })
  })

  it('has no markup, which desktops on Linux would read', () => {
    expect(noteOf(['<a href="https://evil.example">AT&T</a>'])?.body).toBe('‹a href="https://evil.example"›AT&T‹/a›')
  })
})
