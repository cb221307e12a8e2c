import { describe, expect, it } from 'vitest'
import { sessionPhases, type SessionPhase } from '@shared/domain/session'
import { lastRead, type Verdict } from '@shared/fleet/board-row'
import { certificate, facts, inDays, limits, noRules, presented, row } from './sample'

const outage = {
  since: inDays(-1),
  failedAt: inDays(-1),
  error: { code: 'offline', message: 'Connection refused' },
} as const

interface Expected {
  readonly all: Verdict
  readonly outage: Verdict
}

/** The verdict on a server in this phase, with all facts known; `outage`: its last request had no response. */
const verdictsByPhase: { readonly [P in SessionPhase]: Expected } = {
  'signed-out': { all: 'unknown', outage: 'problem' },
  connecting: { all: 'connecting', outage: 'connecting' },
  untrusted: { all: 'action', outage: 'action' },
  'needs-password': { all: 'action', outage: 'problem' },
  'needs-otp': { all: 'action', outage: 'problem' },
  'signed-in': { all: 'fine', outage: 'problem' },
  denied: { all: 'problem', outage: 'problem' },
  unreachable: { all: 'problem', outage: 'problem' },
}

interface Case {
  readonly phase: SessionPhase
  readonly isKnown: boolean
  readonly isPaused: boolean
  readonly isOut: boolean
  readonly expected: Verdict
}

const flags = [false, true] as const
const cases: readonly Case[] = sessionPhases.flatMap((phase) =>
  flags.flatMap((isKnown) =>
    flags.flatMap((isPaused) =>
      flags.map((isOut) => {
        const { all, outage: out } = verdictsByPhase[phase]
        const verdict = isOut ? out : all
        const expected = isPaused ? 'paused' : verdict === 'fine' && !isKnown ? 'unknown' : verdict
        return { phase, isKnown, isPaused, isOut, expected }
      }),
    ),
  ),
)

const rowOf = ({ phase, isKnown, isPaused, isOut }: Case) =>
  row({
    server: { paused: isPaused },
    session: { phase, ...(isOut && { unreachable: outage }) },
    facts: isKnown ? facts() : undefined,
  })

describe('the verdict', () => {
  it.each(cases)('on $phase, facts known $isKnown, paused $isPaused, outage $isOut: $expected', (entry) => {
    expect(rowOf(entry).verdict).toBe(entry.expected)
  })

  it('is an all-clear only for a server that is signed in, responds, is not paused, and of which all is known', () => {
    const fine = cases.filter((entry) => rowOf(entry).verdict === 'fine')
    expect(fine).toEqual([{ phase: 'signed-in', isKnown: true, isPaused: false, isOut: false, expected: 'fine' }])
  })

  it('is a problem if the certificate changed', () => {
    expect(row({ session: { phase: 'untrusted', certificate, pinned: certificate } }).verdict).toBe('problem')
  })

  it('puts an alert before an all-clear, before what is not known, and before a connection that is being made', () => {
    const withAlert = facts({ certificate: { ...presented, validTo: inDays(5) } })
    for (const phase of ['signed-in', 'signed-out', 'connecting'] as const)
      expect(row({ session: { phase }, facts: withAlert }).verdict).toBe('alert')
    expect(row({ session: { phase: 'needs-password' }, facts: withAlert }).verdict).toBe('action')
    expect(row({ server: { paused: true }, facts: withAlert }).verdict).toBe('paused')
  })

  it('counts muted alerts as muted, not as an all-clear; they stay in the row', () => {
    const withAlert = facts({ limits: { ...limits, users: { used: 100, limit: 100 } } })
    const id = facts().serverId
    const muted = row({ facts: withAlert, muted: [`${id} users`] })
    expect([muted.verdict, muted.alerts.length, muted.mutedAlerts.map(({ kind }) => kind)]).toEqual([
      'muted',
      0,
      ['users'],
    ])
    expect(row({ facts: withAlert, muted: [`${id} calls`, 'other users'] }).verdict).toBe('alert')
  })
})

describe('a certificate that is not the trusted one', () => {
  const changed = { ...presented, fingerprint256: 'another' }

  it('stays a problem while nobody connects, also after a restart', () => {
    const idle = row({
      server: { pin: certificate },
      session: { phase: 'signed-out' },
      facts: facts({ certificate: changed }),
    })
    expect([idle.verdict, idle.health.label]).toEqual(['problem', 'Certificate changed'])
  })

  it('is none if it was not read, or is the trusted one', () => {
    const pinned = { ...presented, fingerprint256: certificate.fingerprint256 }
    for (const read of [undefined, pinned]) {
      const idle = row({
        server: { pin: certificate },
        session: { phase: 'signed-out' },
        facts: facts({ certificate: read }),
      })
      expect(idle.health.label).not.toBe('Certificate changed')
    }
  })
})

describe('facts that an account can read', () => {
  const roles: readonly (readonly [role: string | undefined, needed: readonly string[]])[] = [
    ['SystemAdmin', ['limits', 'certificate', 'rules']],
    [undefined, ['limits', 'certificate', 'rules']],
    ['Dealer', ['limits', 'certificate']],
    ['Admin', ['certificate']],
  ]

  it.each(roles)('as %s are %j: until they are read, there is no all-clear', (role, needed) => {
    const nothing = row({ session: { role, facts: undefined }, facts: undefined })
    expect([nothing.unread, nothing.verdict]).toEqual([needed, 'unknown'])
    const all = row({
      session: { role, facts: needed.includes('limits') ? limits : undefined },
      facts: facts({
        limits: needed.includes('limits') ? limits : undefined,
        expiringRules: needed.includes('rules') ? noRules : undefined,
      }),
    })
    expect([all.unread, all.verdict]).toEqual([[], 'fine'])
  })

  it('have to be read since the sign-in: those of an earlier run are no all-clear', () => {
    const before = inDays(-1)
    const oldRules = { ...noRules, readAt: before }
    const old = facts({ certificate: { ...presented, readAt: before }, expiringRules: oldRules })
    const stored = row({ session: { facts: undefined }, facts: old })
    expect([stored.unread, stored.verdict]).toEqual([['limits', 'certificate', 'rules'], 'unknown'])
    const onlyRules = row({ facts: facts({ expiringRules: oldRules }) })
    expect([onlyRules.unread, onlyRules.verdict]).toEqual([['rules'], 'unknown'])
  })

  it('include the number of users: a status without it was not understood', () => {
    const withoutUsers = { ...limits, users: {} }
    const unread = row({ session: { facts: withoutUsers }, facts: facts({ limits: withoutUsers }) })
    expect([unread.unread, unread.verdict]).toEqual([['limits'], 'unknown'])
  })

  it('include rules that could not be read: no rule is known, which is no all-clear', () => {
    const expiringRules = { ...noRules, problem: 'No permission' }
    const unread = row({ facts: facts({ expiringRules }) })
    expect([unread.unread, unread.verdict]).toEqual([['rules'], 'unknown'])
  })
})

describe('the age of the values', () => {
  const old = { ...limits, readAt: inDays(-3) }

  it('is that of the oldest value, however recently the server has responded or presented its certificate', () => {
    expect(lastRead(row({ facts: facts({ limits: old }) }))).toBe(inDays(-3))
    const rules = { ...noRules, readAt: inDays(-2) }
    expect(lastRead(row({ facts: facts({ expiringRules: rules }) }))).toBe(inDays(-2))
    expect(lastRead(row())).toBe(inDays(0))
  })

  it('is not known if only a handshake was made', () => {
    for (const phase of ['untrusted', 'needs-password', 'signed-out'] as const) {
      const known = facts({ role: undefined, limits: undefined, expiringRules: undefined })
      expect(lastRead(row({ session: { phase, role: undefined }, facts: known }))).toBeUndefined()
    }
  })

  it('does not need what the role cannot read', () => {
    const dealer = facts({ role: 'Dealer', limits: old, expiringRules: undefined })
    expect(lastRead(row({ session: { role: 'Dealer' }, facts: dealer }))).toBe(inDays(-3))
    const admin = facts({ role: 'Admin', limits: undefined, expiringRules: undefined })
    expect(lastRead(row({ session: { role: 'Admin' }, facts: admin }))).toBe(inDays(0))
    expect(lastRead(row({ session: { phase: 'needs-password', role: 'Admin' }, facts: admin }))).toBeUndefined()
  })

  it('is not that of rules that could not be read', () => {
    const failed = { ...noRules, readAt: inDays(0), problem: 'Rate limit reached' }
    expect(lastRead(row({ facts: facts({ limits: old, certificate: undefined, expiringRules: failed }) }))).toBe(
      inDays(-3),
    )
  })
})
