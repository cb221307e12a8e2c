import type { ServerRecord } from '../domain/server'
import type { SessionState } from '../domain/session'
import { alertsOf, mutedKey, type Alert, type RaisedKind } from './alerts'
import { earlierAlert, earlierOf, oldestOf, type Earlier } from './earlier'
import type { StoredFacts } from './facts'
import { health, type Health } from './health'
import { awaited } from './needs-attention'
import type { NewAlert } from './raised-file'

/**
 * What a server asks of the technician, worst first. `unknown` is not all clear: the server was not checked, or some of
 * its facts could not be read.
 */
export const verdicts = {
  problem: 'Problems',
  action: 'Action required',
  alert: 'Alerts',
  muted: 'Alerts muted',
  unknown: 'Not checked',
  connecting: 'Connecting',
  fine: 'No alerts',
  paused: 'Paused',
} as const
export type Verdict = keyof typeof verdicts

/** An alert that was raised and not seen yet, at its current value. */
interface ShownNewAlert {
  readonly kind: RaisedKind
  readonly text: string
  readonly raisedAt: string
}

/** One server on the fleet board. */
export interface BoardRow {
  readonly server: ServerRecord
  readonly session: SessionState
  readonly facts: StoredFacts | undefined
  readonly health: Health
  readonly alerts: readonly Alert[]
  /** Alerts that the user muted: shown at their values, but not counted. */
  readonly mutedAlerts: readonly Alert[]
  readonly newAlerts: readonly ShownNewAlert[]
  readonly verdict: Verdict
  /** Facts that this role can read, but that were not read since the sign-in; an all-clear needs all of them. */
  readonly unread: readonly string[]
}

/** What an account with this role can read; an unknown role may be that of a system administrator. */
export const canRead = (role: string | undefined): { readonly status: boolean; readonly rules: boolean } => {
  const isAdministrator = role === undefined || role === 'SystemAdmin'
  return { status: isAdministrator || role === 'Dealer', rules: isAdministrator }
}

/**
 * Facts of a server that is signed in, but that were not read since the sign-in. The status is read during the sign-in
 * and is part of the session.
 */
function unreadFacts(session: SessionState, facts: StoredFacts | undefined): readonly string[] {
  const signedInAt = Date.parse(session.since ?? '')
  const isRead = (part: { readonly readAt: string } | undefined): boolean =>
    part !== undefined && Date.parse(part.readAt) >= signedInAt
  const { certificate, expiringRules } = facts ?? {}
  const { status, rules } = canRead(session.role)
  return [
    // A status without this number is a reply that was not understood.
    status && session.facts?.users.used === undefined && 'limits',
    !isRead(certificate) && 'certificate',
    rules && !(isRead(expiringRules) && expiringRules?.problem === undefined) && 'rules',
  ].filter((name) => name !== false)
}

function verdictOf(
  { paused }: ServerRecord,
  { state, tone }: Health,
  alerts: readonly Alert[],
  muted: readonly Alert[],
  unread: readonly string[],
): Verdict {
  if (paused === true) return 'paused'
  if (tone === 'bad') return 'problem'
  if (state === 'action-required') return 'action'
  if (alerts.length > 0) return 'alert'
  if (muted.length > 0) return 'muted'
  if (state === 'connecting') return 'connecting'
  return state === 'signed-in' && unread.length === 0 ? 'fine' : 'unknown'
}

/** New alerts that are still there, the most urgent first; one that has gone, or is muted, is not shown. */
function shownNew(raised: readonly NewAlert[], state: Health, alerts: readonly Alert[]): readonly ShownNewAlert[] {
  const outage = state.state === 'unreachable' ? [{ kind: 'unreachable' as const, text: state.label }] : []
  return [...outage, ...alerts].flatMap(({ kind, text }) => {
    const found = raised.find((alert) => alert.kind === kind)
    return found ? [{ kind, text, raisedAt: found.raisedAt }] : []
  })
}

export function boardRow(
  server: ServerRecord,
  session: SessionState,
  facts: StoredFacts | undefined,
  now: number,
  muted: ReadonlySet<string> = new Set(),
  raised: readonly NewAlert[] = [],
): BoardRow {
  const state = health(session, server, facts)
  const found = alertsOf(facts, server, now)
  const isMuted = ({ kind }: Alert): boolean => muted.has(mutedKey(server.id, kind))
  const alerts = found.filter((alert) => !isMuted(alert))
  const unread = session.phase === 'signed-in' ? unreadFacts(session, facts) : []
  const mutedAlerts = found.filter(isMuted)
  const verdict = verdictOf(server, state, alerts, mutedAlerts, unread)
  const newAlerts = raised.length === 0 ? [] : shownNew(raised, state, alerts)
  return { server, session, facts, health: state, alerts, mutedAlerts, newAlerts, unread, verdict }
}

export interface VerdictCount {
  readonly verdict: Verdict
  readonly count: number
  /** Of the servers with alerts, which follow from values. */
  readonly earlier?: Earlier
}

/** The verdicts that follow from values, and not from the state of the session. */
export const ofValues: readonly Verdict[] = ['alert', 'muted']

/** How many rows have each verdict, worst first; without those that no row has. */
export function verdictCounts(rows: readonly BoardRow[]): readonly VerdictCount[] {
  return (Object.keys(verdicts) as readonly Verdict[]).flatMap((verdict) => {
    const found = rows.filter((row) => row.verdict === verdict)
    if (found.length === 0) return []
    const earlier = ofValues.includes(verdict) ? earlierOf(found, earlierAlert) : undefined
    return [{ verdict, count: found.length, ...(earlier && { earlier }) }]
  })
}

/** When the server responded last, also in an earlier run; undefined if it never did. */
export function lastContact({ session, facts }: BoardRow): string | undefined {
  const isWaiting = awaited(session.phase) !== undefined
  return session.lastSeen ?? (isWaiting ? session.since : facts?.lastResponse) ?? facts?.certificate?.readAt
}

/**
 * Since when the shown values are known: the time of the oldest one that this role can read. Undefined if they were not
 * read: a handshake shows the certificate alone, which does not bring a server up to date.
 */
export function lastRead({ session, facts }: BoardRow): string | undefined {
  const { status, rules } = canRead(session.role ?? facts?.role)
  const { limits, certificate, expiringRules } = facts ?? {}
  if (status ? limits === undefined : session.phase !== 'signed-in') return undefined
  return oldestOf([limits, certificate, rules && expiringRules?.problem === undefined ? expiringRules : undefined])
}
