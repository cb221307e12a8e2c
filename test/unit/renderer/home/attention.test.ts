import { describe, expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { ServerFacts } from '@shared/domain/server-facts'
import type { SessionState } from '@shared/domain/session'
import { glance, noAttentionText } from '@/features/home/attention'

const now = Date.parse('2026-11-24T12:30:00Z')
const day = 24 * 3_600_000
const at = (days: number): string => new Date(now + days * day).toISOString()
const plenty: ServerFacts = {
  readAt: at(0),
  users: { used: 10, limit: 1000 },
  calls: { used: 1, limit: 400 },
  tenants: {},
  maintenanceExpiresAt: at(200),
}

const server = (id: string, validTo?: string): ServerRecord => ({
  ...emptyServerDraft,
  id,
  name: id,
  address: 'https://127.0.0.1:9',
  activeAddress: 'first',
  ...(validTo !== undefined && {
    pin: { subject: 'a', issuer: 'a', validFrom: at(-9), validTo, fingerprint256: 'AB', altNames: [] },
  }),
})
const state = (serverId: string, more: Partial<SessionState> = {}): SessionState => ({
  serverId,
  phase: 'signed-in',
  address: 'first',
  passwordStored: false,
  failures: 0,
  lastSeen: '2026-11-24T12:29:00.000Z',
  facts: plenty,
  ...more,
})

function view(states: readonly SessionState[], validTo?: string) {
  const shown = glance(
    states.map(({ serverId }) => server(serverId, validTo)),
    (id) => states.find(({ serverId }) => serverId === id) ?? state(id),
    now,
  )
  return { shown, text: noAttentionText(shown, now) }
}

/** As the window knows a server that was never contacted. */
const untouched: SessionState = {
  serverId: 'a',
  phase: 'signed-out',
  address: 'first',
  passwordStored: false,
  failures: 0,
}
const withoutFacts: SessionState = { ...untouched, phase: 'signed-in', lastSeen: '2026-11-24T12:29:00.000Z' }

describe('the home page shows an all-clear', () => {
  it('only if every server was checked, with the oldest reply', () => {
    const { shown, text } = view([state('a'), state('b', { lastSeen: '2026-11-24T09:00:00.000Z' })])
    expect(shown.attention).toEqual([])
    expect(text).toMatch(/^No server needs attention \(checked since .*\d.*\)\.$/)
  })

  it.each([
    ['signed out since the start', [untouched], 'No server has been checked: 1 server not checked.'],
    ['still connecting', [state('a', { phase: 'connecting' })], 'No server has been checked: 1 server connecting.'],
    ['left again', [state('a'), state('b', { phase: 'signed-out' })], 'Unknown: 1 server not checked.'],
    ['without readable limits', [withoutFacts], 'limits and expiration dates of 1 server not read'],
  ])('not about a server that is %s', (_what, states, words) => {
    const { text } = view(states)
    expect(text).toContain(words)
    expect(text).not.toMatch(/^No server needs attention/)
  })

  it('never beside a server that is down, changed, blocked or waits for a person', () => {
    for (const phase of ['unreachable', 'untrusted', 'denied', 'needs-password', 'needs-otp'] as const)
      expect(view([state('a', { phase })]).shown.attention).toHaveLength(1)
  })
})

describe('limits and ends need attention', () => {
  it.each([
    [{ users: { used: 202_546, limit: 203_000 } }, /^Users: 202.546 of 203.000$/],
    [{ calls: { used: 390, limit: 400 } }, /^Current calls: 390 of 400$/],
    [{ tenants: { used: 4, limit: 4 } }, /^Tenants: 4 of 4$/],
    [{ maintenanceExpiresAt: at(12) }, /^Maintenance expires .*2026/],
    [{ maintenanceExpiresAt: at(-3) }, /^Maintenance expired .*2026/],
  ])('%o', (facts, words) => {
    const { shown } = view([state('a', { facts: { ...plenty, ...facts } })])
    expect(shown.attention[0]?.warnings).toEqual([expect.stringMatching(words)])
  })

  it('a certificate that ends soon', () => {
    expect(view([state('a')], at(9)).shown.attention[0]?.warnings).toEqual([
      expect.stringMatching(/^Certificate expires/),
    ])
    expect(view([state('a')], at(90)).shown.attention).toEqual([])
  })

  it('missing numbers are no warning', () => {
    const facts = { readAt: at(0), users: { used: 10 }, calls: { limit: 400 }, tenants: { used: 1, limit: 0 } }
    expect(view([state('a', { facts })]).shown.attention).toEqual([])
  })
})
