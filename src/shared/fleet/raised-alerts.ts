import type { ServerId, ServerRecord } from '../domain/server'
import type { SessionState } from '../domain/session'
import {
  alertKinds,
  alertLevels,
  alertsOf,
  certificateEnd,
  mutedKey,
  raisedKinds,
  shareOf,
  type AlertKind,
  type RaisedKind,
} from './alerts'
import type { StoredFacts } from './facts'
import type { KnownAlert, KnownAlerts, NewAlert } from './raised-file'

/** An outage is raised once requests have failed for this long: one lost packet is none. */
const outageMs = 60_000
/** Usage that has been below a level for this long may reach it as a new alert. */
const swingMs = 24 * 60 * 60_000

/** What is compared with what is known about a server. */
export interface Observed {
  readonly server: ServerRecord
  readonly session: SessionState
  readonly facts: StoredFacts | undefined
  /** As `mutedKey` names them. */
  readonly muted: ReadonlySet<string>
}

type Level = KnownAlert['level']
type Known = (facts: StoredFacts | undefined, server: ServerRecord) => boolean

/** Whether the value of a kind is known; otherwise no alert does not mean that there is none. */
const isKnown: { readonly [K in AlertKind]: Known } = {
  users: (facts) => shareOf(facts?.limits?.users ?? {}) !== undefined,
  calls: (facts) => shareOf(facts?.limits?.calls ?? {}) !== undefined,
  tenants: (facts) => shareOf(facts?.limits?.tenants ?? {}) !== undefined,
  maintenance: (facts) => facts?.limits?.maintenanceExpiresAt !== undefined,
  certificate: (facts, server) => certificateEnd(facts, server) !== undefined,
  rules: (facts) => facts?.expiringRules !== undefined && facts.expiringRules.problem === undefined,
}

/** Usage goes up and down; an end only comes nearer, until it is moved. */
const swinging: ReadonlySet<RaisedKind> = new Set<RaisedKind>(['users', 'calls', 'tenants'])

/** Undefined as long as a server was not contacted in this run, or it is not clear whether it is an outage. */
function outageLevel({ unreachable: outage, phase, lastSeen }: SessionState): Level | undefined {
  if (outage) return Date.parse(outage.failedAt) - Date.parse(outage.since) >= outageMs ? 'critical' : undefined
  return phase === 'unreachable' || lastSeen === undefined ? undefined : 'none'
}

function levelsOf({ server, session, facts }: Observed, now: number): Map<RaisedKind, Level> {
  const alerts = alertsOf(facts, server, now)
  const levels = new Map<RaisedKind, Level>()
  for (const kind of alertKinds)
    if (isKnown[kind](facts, server)) levels.set(kind, alerts.find((alert) => alert.kind === kind)?.level ?? 'none')
  const outage = outageLevel(session)
  if (outage !== undefined) levels.set('unreachable', outage)
  return levels
}

const rank = (level: Level): number => (level === 'none' ? alertLevels.length : alertLevels.indexOf(level))
const isMoreUrgent = (level: Level, than: Level): boolean => rank(level) < rank(than)

/** Without the mark of a new alert. */
export const asSeen = ({ level, raisedAt, lowerSince }: KnownAlert): KnownAlert => ({
  level,
  ...(raisedAt !== undefined && { raisedAt }),
  ...(lowerSince !== undefined && { lowerSince }),
})

function nextOf(kind: RaisedKind, before: KnownAlert | undefined, level: Level, now: number): KnownAlert {
  // The user who reads a server for the first time looks at it anyway.
  if (before === undefined) return { level }
  const at = new Date(now).toISOString()
  if (isMoreUrgent(level, before.level)) return { level, raisedAt: at, isNew: true }
  const { lowerSince = at, ...same } = before
  if (level === before.level) return same
  if (swinging.has(kind) && now - Date.parse(lowerSince) < swingMs) return { ...before, lowerSince }
  return level === 'none' ? { level } : { ...same, level }
}

/**
 * What is known of a server after an observation. An alert that is new or has become more urgent is marked as new, unless
 * it is muted. What was not read stays as it is; nothing is raised on a paused server.
 */
export function nextAlerts(before: KnownAlerts, observed: Observed, now: number): KnownAlerts {
  const { server, muted } = observed
  const after: KnownAlerts = { ...before }
  if (server.paused !== true)
    for (const [kind, level] of levelsOf(observed, now)) after[kind] = nextOf(kind, before[kind], level, now)
  for (const kind of raisedKinds) {
    const isQuiet = server.paused === true || (kind !== 'unreachable' && muted.has(mutedKey(server.id, kind)))
    if (isQuiet && after[kind]?.isNew) after[kind] = asSeen(after[kind])
  }
  return after
}

/** The alerts of a server that were raised and not seen yet. */
export const newAlertsOf = (serverId: ServerId, known: KnownAlerts): readonly NewAlert[] =>
  raisedKinds.flatMap((kind) => {
    const { isNew, raisedAt } = known[kind] ?? {}
    return isNew && raisedAt !== undefined ? [{ serverId, kind, raisedAt }] : []
  })

/** The new alerts that were raised between two states of a server. */
export const raisedBetween = (serverId: ServerId, before: KnownAlerts, after: KnownAlerts): readonly NewAlert[] =>
  newAlertsOf(serverId, after).filter(({ kind }) =>
    isMoreUrgent(after[kind]?.level ?? 'none', before[kind]?.level ?? 'none'),
  )
