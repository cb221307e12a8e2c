import { describe, expect, test } from 'vitest'
import type { MergedServer } from '@shared/fleet/merged'
import type { MergedPhase } from '@shared/fleet/merged-phase'
import { mergedSummary, nothingText, phaseLabels } from '@/features/merged/merged-text'

const now = Date.parse('2026-11-27T12:00:00Z')
const minutesAgo = (minutes: number): string => new Date(now - minutes * 60_000).toISOString()
const server = (phase: MergedPhase, more: Partial<MergedServer> = {}): MergedServer => ({
  serverId: `server-${phase}`,
  phase,
  rows: 0,
  ...more,
})
const read = server('read', { readAt: minutesAgo(2) })
const nothing = (servers: readonly MergedServer[], isNarrowed = false): string =>
  nothingText(mergedSummary(servers, now), 'tenants', isNarrowed)

const phases = Object.keys(phaseLabels) as MergedPhase[]
const unread = phases.filter((phase) => phase !== 'read')

describe('the summary', () => {
  test('counts the servers that were read, with the age of the oldest rows', () => {
    const { text, read: count } = mergedSummary(
      [read, server('read', { readAt: minutesAgo(12) }), server('paused')],
      now,
    )
    expect(text).toBe('2 of 3 servers read · oldest 12 min ago')
    expect(count).toBe(2)
    expect(mergedSummary([read], now).text).toBe('1 of 1 server read · read 2 min ago')
    expect(mergedSummary([], now).text).toBe('0 of 0 servers read')
  })

  test('counts servers that were read in part as such, and their rows are not earlier ones', () => {
    const partly = server('partly', { rows: 4, readAt: minutesAgo(2) })
    expect(mergedSummary([read, partly], now)).toMatchObject({ read: 1, partly: 1, old: 0 })
    expect(mergedSummary([read, partly], now).text).toBe('1 of 2 servers read, 1 in part · oldest 2 min ago')
  })

  test('lists what is missing, worst first', () => {
    const missing = mergedSummary(
      phases.map((phase) => server(phase)),
      now,
    ).missing.map(({ phase }) => phase)
    expect(missing).toEqual(['failed', 'incomplete', 'signed-out', 'no-permission', 'partly', 'paused'])
  })

  test.each(unread)('a server that is %s is not one that was read, although it has older rows', (phase) => {
    const summary = mergedSummary([read, server(phase, { rows: 3, readAt: minutesAgo(5) })], now)
    expect(summary.read).toBe(1)
    expect(summary.text).toMatch(/^1 of 2 servers read/)
    // Either it is still read, or it is listed as missing.
    expect(summary.isReading !== summary.missing.some((each) => each.phase === phase)).toBe(true)
  })
})

describe('a table without rows', () => {
  test('of servers that were all read has none', () => {
    expect(nothing([read])).toBe('No tenants on the server that was read')
    expect(nothing([read, read])).toBe('No tenants on the 2 servers that were read')
    expect(nothing([read, read], true)).toBe('No tenants match the filter on the 2 servers that were read')
  })

  test('says nothing about what the accounts do not see', () => {
    const dealer = { ...read, scope: 'dealer' as const }
    expect(nothing([dealer])).toBe('No tenants that your accounts see on the server that was read')
    expect(nothing([read, dealer], true)).toBe(
      'No tenants that your accounts see match the filter on the 2 servers that were read',
    )
  })

  test.each(unread)('of a server that is %s is no all-clear', (phase) => {
    const isReading = phase === 'waiting' || phase === 'reading'
    for (const isNarrowed of [false, true]) {
      const notRead = `1 server not read${phase === 'no-permission' ? ': no permission' : ''}`
      expect(nothing([server(phase)], isNarrowed)).toBe(isReading ? 'Reading…' : notRead)
      const found = isNarrowed ? 'No tenants match the filter' : 'No tenants'
      const rest = isReading ? ' so far' : `. ${notRead}`
      expect(nothing([read, server(phase)], isNarrowed)).toBe(`${found} on the server that was read${rest}`)
    }
  })

  test('says how many were not read while others are still read', () => {
    expect(nothing([read, server('reading'), server('failed'), server('paused')])).toBe(
      'No tenants on the server that was read so far. 2 servers not read',
    )
    expect(nothing([server('reading'), server('failed')])).toBe('Reading…')
  })

  test('says how many could not be read for lack of permission', () => {
    expect(nothing([read, server('no-permission'), server('failed')])).toBe(
      'No tenants on the server that was read. 2 servers not read, 1 of them without permission',
    )
    expect(nothing([server('no-permission'), server('no-permission')])).toBe('2 servers not read: no permission')
    expect(nothing([server('no-permission'), server('signed-out')])).toBe(
      '2 servers not read, 1 of them without permission',
    )
  })

  test('of no server says nothing about any', () => {
    expect(nothing([])).toBe('None of these servers was read')
  })
})
