import { describe, expect, it } from 'vitest'
import { sessionPhases, type SessionState } from '@shared/domain/session'
import { health, healthText } from '@shared/fleet/health'

const state = (more: Partial<SessionState>): SessionState => ({
  serverId: 'a',
  phase: 'signed-out',
  address: 'first',
  passwordStored: false,
  failures: 0,
  ...more,
})

describe('health', () => {
  it('has a different label for every phase', () => {
    const words = sessionPhases.map((phase) => health(state({ phase })).label)
    expect(new Set(words).size).toBe(sessionPhases.length)
  })

  it('distinguishes a changed certificate from an unknown one', () => {
    const certificate = {
      subject: 'CN=a',
      issuer: 'CN=a',
      validFrom: '2024-01-01T00:00:00Z',
      validTo: '2034-01-01T00:00:00Z',
      fingerprint256: Array.from({ length: 32 }, () => 'AB').join(':'),
      altNames: [],
    }
    expect(health(state({ phase: 'untrusted', certificate })).tone).toBe('ask')
    expect(health(state({ phase: 'untrusted', certificate, pinned: certificate })).tone).toBe('bad')
  })

  it('is unreachable at whatever step the session is, with the reason and since when; a new attempt shows itself', () => {
    const since = new Date().toISOString()
    const unreachable = {
      since,
      failedAt: since,
      error: { code: 'offline', message: 'Connection refused' },
    } as const
    for (const phase of ['signed-in', 'needs-password', 'needs-otp', 'unreachable'] as const) {
      const shown = health(state({ phase, unreachable }))
      expect(shown.tone).toBe('bad')
      expect(healthText(shown)).toMatch(/^Unreachable since .*\d.*: Connection refused$/)
    }
    expect(health(state({ phase: 'connecting', unreachable })).tone).toBe('busy')
  })

  it('shows until when the PBX blocks', () => {
    expect(health(state({ phase: 'denied', deniedUntil: '2026-11-24T11:12:00Z' })).label).toMatch(/^Blocked until .*\d/)
  })
})
