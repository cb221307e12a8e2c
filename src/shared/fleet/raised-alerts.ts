import type { ServerId, ServerRecord } from '../domain/server'
import type { SessionState } from '../domain/session'
import {
  alertKinds,
  alertLevels,
  certificateEnd,
  endLevel,
  limitLevel,
  mutedKey,
  raisedKinds,
  shareOf,
  usagesOf,
  type AlertKind,
  type EndKind,
  type RaisedKind,
} from './alerts'
import type { StoredFacts } from './facts'
import type { KnownAlert, KnownAlerts, NewAlert } from './raised-file'

/** An outage is raised once the server has not responded for this long. */
const outageMs = 60_000
/** Requests that fail within this time were sent together and count as one: one lost packet is no outage. */
const togetherMs = 1_000
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
type LevelOf = (facts: StoredFacts | undefined, server: ServerRecord, now: number) => Level | undefined

const usageLevel =
  (kind: AlertKind): LevelOf =>
  (facts) => {
    const usage = usagesOf(facts?.limits).find((limit) => limit.kind === kind)?.usage
    return usage === undefined || shareOf(usage) === undefined ? undefined : (limitLevel(usage) ?? 'none')
  }

const levelAtEnd = (kind: EndKind, end: string | undefined, now: number): Level | undefined =>
  end === undefined ? undefined : (endLevel(kind, end, now) ?? 'none')

/** The level of each kind, without the texts of `alertsOf`; undefined if its value is not known. */
const levelOf: { readonly [K in AlertKind]: LevelOf } = {
  users: usageLevel('users'),
  'dealer-users': usageLevel('dealer-users'),
  'tenant-users': usageLevel('tenant-users'),
  calls: usageLevel('calls'),
  tenants: usageLevel('tenants'),
  maintenance: (facts, _server, now) => levelAtEnd('maintenance', facts?.limits?.maintenanceExpiresAt, now),
  certificate: (facts, server, now) => levelAtEnd('certificate', certificateEnd(facts, server), now),
  rules: (facts, _server, now) => {
    const { problem, soonest } = facts?.expiringRules ?? {}
    if (soonest === undefined || problem !== undefined) return undefined
    return endLevel('rules', soonest[0]?.expiresAt, now) ?? 'none'
  },
}

/** Usage goes up and down; an end only comes nearer, until it is moved. */
const swinging: ReadonlySet<RaisedKind> = new Set<RaisedKind>([
  'users',
  'dealer-users',
  'tenant-users',
  'calls',
  'tenants',
])

/** Undefined as long as a server was not contacted in this run, or it is not clear whether it is an outage. */
function outageLevel({ unreachable: outage, phase, lastSeen }: SessionState, now: number): Level | undefined {
  if (outage) {
    const since = Date.parse(outage.since)
    // The clock may have been set back since the first failure.
    const isRepeated = Math.abs(Date.parse(outage.failedAt) - since) >= togetherMs
    return isRepeated && Math.abs(now - since) >= outageMs ? 'critical' : undefined
  }
  return phase === 'unreachable' || lastSeen === undefined ? undefined : 'none'
}

function levelsOf({ server, session, facts }: Observed, now: number): Map<RaisedKind, Level> {
  const levels = new Map<RaisedKind, Level>()
  for (const kind of alertKinds) {
    const level = levelOf[kind](facts, server, now)
    if (level !== undefined) levels.set(kind, level)
  }
  const outage = outageLevel(session, now)
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
  if (level === before.level && before.lowerSince === undefined) return before
  const at = new Date(now).toISOString()
  if (isMoreUrgent(level, before.level)) return { level, raisedAt: at, isNew: true }
  const { lowerSince: since = at, ...same } = before
  if (level === before.level) return same
  // A time ahead is of a clock that was corrected: the day begins now.
  const lowerSince = Date.parse(since) > now ? at : since
  if (swinging.has(kind) && now - Date.parse(lowerSince) < swingMs)
    return before.lowerSince === lowerSince ? before : { ...before, lowerSince }
  return level === 'none' ? { level } : { ...same, level }
}

/**
 * What is known of a server after an observation. An alert that is new or has become more urgent is marked as new, unless
 * it is muted. What was not read stays as it is; nothing is raised on a paused server. Returns
 * the same object if nothing has changed.
 */
export function nextAlerts(before: KnownAlerts, observed: Observed, now: number): KnownAlerts {
  const { server, muted } = observed
  const isPaused = server.paused === true
  const levels = isPaused ? new Map<RaisedKind, Level>() : levelsOf(observed, now)
  const changed: KnownAlerts = {}
  for (const kind of raisedKinds) {
    const level = levels.get(kind)
    const next = level === undefined ? before[kind] : nextOf(kind, before[kind], level, now)
    const isQuiet = isPaused || (kind !== 'unreachable' && muted.has(mutedKey(server.id, kind)))
    const after = isQuiet && next?.isNew ? asSeen(next) : next
    if (after !== undefined && after !== before[kind]) changed[kind] = after
  }
  return Object.keys(changed).length === 0 ? before : { ...before, ...changed }
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
