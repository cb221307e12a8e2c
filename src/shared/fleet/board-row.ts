import type { ServerRecord } from '../domain/server'
import type { SessionState } from '../domain/session'
import { alertsOf, type Alert } from './alerts'
import type { StoredFacts } from './facts'
import { health, type Health } from './health'

/**
 * What a server asks of the technician, worst first. `unknown` is not all clear: the server was not checked, or some of
 * its facts could not be read.
 */
export const verdicts = {
  problem: 'Unreachable or blocked',
  action: 'Action required',
  alert: 'Alerts',
  unknown: 'Not checked',
  connecting: 'Connecting',
  fine: 'No alerts',
  paused: 'Paused',
} as const
export type Verdict = keyof typeof verdicts

/** One server on the fleet board. */
export interface BoardRow {
  readonly server: ServerRecord
  readonly session: SessionState
  readonly facts: StoredFacts | undefined
  readonly health: Health
  readonly alerts: readonly Alert[]
  /** Alerts that the user muted: shown at their values, but not counted. */
  readonly mutedAlerts: readonly Alert[]
  readonly verdict: Verdict
  /** Facts that this role could read, but that were not read in this run; an all-clear needs all of them. */
  readonly unread: readonly string[]
}

/** Facts that are not known of a server that is signed in. Only a system administrator can read IP rules. */
function unreadFacts({ role }: SessionState, facts: StoredFacts | undefined): readonly string[] {
  const canReadStatus = role === undefined || role === 'SystemAdmin' || role === 'Dealer'
  const canReadRules = role === undefined || role === 'SystemAdmin'
  return [
    canReadStatus && facts?.limits === undefined && 'limits',
    facts?.certificate === undefined && 'certificate',
    canReadRules && (facts?.expiringRules === undefined || facts.expiringRules.problem !== undefined) && 'rules',
  ].filter((name) => name !== false)
}

function verdictOf({ state, tone }: Health, alerts: readonly Alert[], unread: readonly string[]): Verdict {
  if (tone === 'bad') return 'problem'
  if (state === 'action-required') return 'action'
  if (state === 'paused') return 'paused'
  if (alerts.length > 0) return 'alert'
  if (state === 'connecting') return 'connecting'
  return state === 'signed-in' && unread.length === 0 ? 'fine' : 'unknown'
}

export function boardRow(
  server: ServerRecord,
  session: SessionState,
  facts: StoredFacts | undefined,
  now: number,
  muted: ReadonlySet<string> = new Set(),
): BoardRow {
  const state = health(session, server)
  const found = alertsOf(facts, server, now)
  const isMuted = ({ kind }: Alert): boolean => muted.has(`${server.id} ${kind}`)
  const alerts = found.filter((alert) => !isMuted(alert))
  const unread = session.phase === 'signed-in' ? unreadFacts(session, facts) : []
  const verdict = verdictOf(state, alerts, unread)
  return { server, session, facts, health: state, alerts, mutedAlerts: found.filter(isMuted), unread, verdict }
}
