import { limitsOwners, type LimitsOwner } from '../domain/server-facts'
import { compareNames, compareValues, sortedNames } from '../rows/order'
import { alertLevels, certificateEnd, shareOf, type AlertLevel } from './alerts'
import { lastContact, lastRead, verdictCounts, verdicts, type BoardRow, type VerdictCount } from './board-row'
import {
  earlierCertificate,
  earlierIdentity,
  earlierLimits,
  earlierOf,
  earlierRules,
  type Earlier,
  type EarlierReading,
} from './earlier'

/**
 * A value of several servers. `missing` are those that it is not made of, because theirs is not known, by name: a total
 * must not hide what was not read. `earlier` are those whose value was read before their present state. `value` is
 * undefined if no server has one.
 */
export interface Total<T> {
  readonly value: T | undefined
  readonly missing: readonly BoardRow[]
  readonly earlier?: Earlier
}

/**
 * Used and limit of the servers of which both are known, and the server with the highest share. All are of one kind of
 * owner: a license and the quota of a dealer have no sum.
 */
export interface UsageTotal {
  readonly owner: LimitsOwner
  readonly used: number
  readonly limit: number
  readonly highest: { readonly row: BoardRow; readonly used: number; readonly limit: number }
}

/** An RFC 3339 time of a server. */
export interface DatedRow {
  readonly row: BoardRow
  readonly time: string
}

export interface RulesTotal {
  readonly count: number
  /** The rule that expires first; undefined if none does. */
  readonly first: DatedRow | undefined
}

/** What the servers of a folder have together. */
export interface GroupTotals {
  /** Worst first. */
  readonly states: readonly VerdictCount[]
  /** The most urgent alert that is not muted. */
  readonly level: AlertLevel | undefined
  readonly users: Total<UsageTotal>
  readonly calls: Total<UsageTotal>
  readonly tenants: Total<UsageTotal>
  /** The first end. */
  readonly maintenance: Total<DatedRow>
  readonly certificate: Total<DatedRow>
  readonly rules: Total<RulesTotal>
  /** Each version once, the oldest first. */
  readonly versions: Total<readonly string[]>
  /** Each role once. */
  readonly roles: Total<readonly string[]>
  /** The server whose values were read longest ago. */
  readonly updated: Total<DatedRow>
  /** The server that responded longest ago. */
  readonly response: Total<DatedRow>
}

interface KnownRow<T> {
  readonly row: BoardRow
  readonly value: T
}

function totalOf<T, V>(
  rows: readonly BoardRow[],
  read: (row: BoardRow) => T | undefined,
  make: (known: readonly [KnownRow<T>, ...KnownRow<T>[]]) => V,
  reading: EarlierReading = () => undefined,
): Total<V> {
  const known: KnownRow<T>[] = []
  const missing: BoardRow[] = []
  for (const row of rows) {
    const value = read(row)
    if (value === undefined) missing.push(row)
    else known.push({ row, value })
  }
  const [first, ...others] = known
  const earlier = earlierOf(
    known.map(({ row }) => row),
    reading,
  )
  return { value: first && make([first, ...others]), missing, ...(earlier && { earlier }) }
}

/** The first one of those with the lowest number. */
const lowest = <T>(items: readonly [T, ...T[]], number: (item: T) => number): T =>
  items.reduce((low, item) => (number(item) < number(low) ? item : low), items[0])

type UsageKind = 'users' | 'calls' | 'tenants'
const ownerOf = ({ facts }: BoardRow): LimitsOwner | undefined => facts?.limits?.owner

const usageTotalOf = (owner: LimitsOwner, rows: readonly BoardRow[], kind: UsageKind): Total<UsageTotal> =>
  totalOf(
    rows,
    (row) => {
      const { used, limit } = (ownerOf(row) === owner && row.facts?.limits?.[kind]) || {}
      // Without a limit there is no share, and the sum would be one of different things.
      return shareOf({ used, limit }) === undefined ? undefined : { used: used ?? 0, limit: limit ?? 0 }
    },
    (known) => {
      const { row, value } = lowest(known, (item) => -item.value.used / item.value.limit)
      return {
        owner,
        used: known.reduce((sum, item) => sum + item.value.used, 0),
        limit: known.reduce((sum, item) => sum + item.value.limit, 0),
        highest: { row, ...value },
      }
    },
    earlierLimits,
  )

/** Of the licenses; if no license is known, of the dealers, and else of the tenants. */
function usageTotal(rows: readonly BoardRow[], kind: UsageKind): Total<UsageTotal> {
  const totals = limitsOwners.map((owner) => usageTotalOf(owner, rows, kind))
  return totals.find(({ value }) => value !== undefined) ?? { value: undefined, missing: rows }
}

/** A text that is no time cannot be compared, so it is not known. */
const timeText = (time: string | undefined): string | undefined =>
  Number.isNaN(Date.parse(time ?? '')) ? undefined : time

const firstTime = (
  rows: readonly BoardRow[],
  read: (row: BoardRow) => string | undefined,
  reading?: EarlierReading,
): Total<DatedRow> =>
  totalOf(
    rows,
    (row) => timeText(read(row)),
    (known) => {
      const { row, value: time } = lowest(known, ({ value }) => Date.parse(value))
      return { row, time }
    },
    reading,
  )

const rulesTotal = (rows: readonly BoardRow[]): Total<RulesTotal> =>
  totalOf(
    rows,
    ({ facts }) => (facts?.expiringRules?.problem === undefined ? facts?.expiringRules : undefined),
    (known) => ({
      count: known.reduce((sum, { value }) => sum + value.count, 0),
      first: firstTime(
        known.map(({ row }) => row),
        ({ facts }) => facts?.expiringRules?.soonest[0]?.expiresAt,
      ).value,
    }),
    earlierRules,
  )

/** From the session, or as stored of an earlier one. */
const namesTotal = (rows: readonly BoardRow[], key: 'version' | 'role'): Total<readonly string[]> =>
  totalOf(
    rows,
    ({ session, facts }) => (session[key] ?? facts?.[key]) || undefined,
    (known) => sortedNames(known.map(({ value }) => value)),
    earlierIdentity(key),
  )

/** The totals do not depend on the order of the rows: among servers alike the first one by name is named. */
export function groupTotals(unordered: readonly BoardRow[]): GroupTotals {
  const rows = unordered.toSorted(
    (a, b) => compareNames(a.server.name, b.server.name) || compareValues(a.server.id, b.server.id),
  )
  const levels = new Set(rows.flatMap(({ alerts }) => alerts.map(({ level }) => level)))
  return {
    states: verdictCounts(rows),
    level: alertLevels.find((level) => levels.has(level)),
    users: usageTotal(rows, 'users'),
    calls: usageTotal(rows, 'calls'),
    tenants: usageTotal(rows, 'tenants'),
    maintenance: firstTime(rows, ({ facts }) => facts?.limits?.maintenanceExpiresAt, earlierLimits),
    certificate: firstTime(rows, ({ facts, server }) => certificateEnd(facts, server), earlierCertificate),
    rules: rulesTotal(rows),
    versions: namesTotal(rows, 'version'),
    roles: namesTotal(rows, 'role'),
    updated: firstTime(rows, lastRead),
    response: firstTime(rows, lastContact),
  }
}

interface NamedTotals {
  readonly folder: string
  readonly totals: GroupTotals
}

const verdictOrder = Object.keys(verdicts)

/** Numbers of which the lower ones come first. */
const urgency = ({ totals: { states, level } }: NamedTotals): readonly number[] => [
  verdictOrder.indexOf(states[0]?.verdict ?? ''),
  level === undefined ? alertLevels.length : alertLevels.indexOf(level),
  -(states[0]?.count ?? 0),
]

/** Orders groups as their servers are: by the worst state, the most urgent alert, then how many servers are in this state. */
export function worstGroupFirst(a: NamedTotals, b: NamedTotals): number {
  const [x, y] = [urgency(a), urgency(b)]
  const differing = x.findIndex((number, at) => number !== y[at])
  if (differing >= 0) return (x[differing] ?? 0) - (y[differing] ?? 0)
  return compareNames(a.folder, b.folder) || compareValues(a.folder, b.folder)
}
