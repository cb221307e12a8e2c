import { apiTime } from '../domain/real-date'
import { pinOf } from '../domain/pins'
import type { ServerId, ServerRecord } from '../domain/server'
import type { LimitsOwner, ServerFacts, Usage } from '../domain/server-facts'
import { countText } from '../format/count-text'
import { daysUntil } from '../format/age'
import { printNumber } from '../format/print-number'
import { localDate } from '../format/time'
import type { StoredFacts } from './facts'

/** `users` are those of the server's license; the limits of a dealer or tenant are alerts of their own. */
export const alertKinds = [
  'users',
  'dealer-users',
  'tenant-users',
  'calls',
  'tenants',
  'maintenance',
  'certificate',
  'rules',
] as const
export type AlertKind = (typeof alertKinds)[number]
/** What is raised once: alerts, and a server that stays unreachable. */
export const raisedKinds = [...alertKinds, 'unreachable'] as const
export type RaisedKind = (typeof raisedKinds)[number]

/** From the most to the least urgent. */
export const alertLevels = ['critical', 'warning', 'notice'] as const
export type AlertLevel = (typeof alertLevels)[number]

export interface Alert {
  readonly kind: AlertKind
  readonly level: AlertLevel
  readonly text: string
}

/** How a muted alert is stored in the settings. */
export const mutedKey = (serverId: ServerId, kind: AlertKind): string => `${serverId} ${kind}`

/** Whether a stored key is one of this server. */
export const isMutedKeyOf = (serverId: ServerId, key: string): boolean => key.startsWith(`${serverId} `)

/** Used share of a limit, from 0 to 1, at which each level begins. */
const limitLevels: readonly (readonly [from: number, level: AlertLevel])[] = [
  [0.98, 'critical'],
  [0.9, 'warning'],
]

export type EndKind = 'maintenance' | 'certificate' | 'rules'

/** Days before an end at which each level begins; an end in the past is critical. */
const endLevels: { readonly [K in EndKind]: readonly (readonly [days: number, level: AlertLevel])[] } = {
  certificate: [
    [10, 'critical'],
    [30, 'warning'],
    [60, 'notice'],
  ],
  maintenance: [
    [0, 'critical'],
    [30, 'warning'],
    [60, 'notice'],
  ],
  rules: [
    [2, 'critical'],
    [7, 'warning'],
    [30, 'notice'],
  ],
}

/** The used share of a limit; undefined if either is unknown or there is no limit. */
export function shareOf({ used, limit }: Usage): number | undefined {
  return used === undefined || limit === undefined || limit <= 0 ? undefined : used / limit
}

export const limitLevel = (usage: Usage): AlertLevel | undefined =>
  limitLevels.find(([from]) => (shareOf(usage) ?? 0) >= from)?.[1]

export function endLevel(kind: EndKind, end: string | undefined, now: number): AlertLevel | undefined {
  const days = daysUntil(end, now)
  return days === undefined ? undefined : endLevels[kind].find(([before]) => days < before)?.[1]
}

type ServerPins = Pick<ServerRecord, 'pin'> & Partial<Pick<ServerRecord, 'secondPin' | 'activeAddress'>>

/** When the certificate expires: as presented, or as trusted if it has not been read. */
export const certificateEnd = (facts: StoredFacts | undefined, server: ServerPins) =>
  facts?.certificate?.validTo ?? pinOf(server)?.validTo

type LimitKind = Extract<AlertKind, 'users' | 'dealer-users' | 'tenant-users' | 'calls' | 'tenants'>

const userKinds: { readonly [O in LimitsOwner]: readonly [kind: LimitKind, label: string] } = {
  server: ['users', 'Users'],
  dealer: ['dealer-users', 'Dealer users'],
  tenant: ['tenant-users', 'Tenant users'],
}

/** The usage of one limit, of the server's license or of the account that read it. */
export interface OwnedUsage {
  readonly kind: LimitKind
  readonly label: string
  readonly usage: Usage
}

/** The limits of a status, each under the kind of its owner. */
export function usagesOf(limits: ServerFacts | StoredFacts['limits']): readonly OwnedUsage[] {
  if (limits === undefined) return []
  const { owner, users, calls, tenants } = limits
  const [kind, label] = userKinds[owner]
  return [
    { kind, label, usage: users },
    { kind: 'calls', label: 'Current calls', usage: calls },
    { kind: 'tenants', label: owner === 'dealer' ? 'Dealer tenants' : 'Tenants', usage: tenants },
  ]
}

function limitAlert({ kind, label, usage }: OwnedUsage): Alert | undefined {
  const level = limitLevel(usage)
  if (level === undefined) return undefined
  return { kind, level, text: `${label}: ${printNumber(usage.used ?? 0)} of ${printNumber(usage.limit ?? 0)}` }
}

function endAlert(kind: EndKind, label: string, end: string | undefined, now: number): Alert | undefined {
  const level = endLevel(kind, end, now)
  if (level === undefined) return undefined
  const isPast = apiTime(end ?? '') < now
  return { kind, level, text: `${label} ${isPast ? 'expired' : 'expires'} ${localDate(end)}` }
}

function rulesAlert({ expiringRules }: StoredFacts, now: number): Alert | undefined {
  const [first] = expiringRules?.soonest ?? []
  const level = endLevel('rules', first?.expiresAt, now)
  if (level === undefined || expiringRules === undefined) return undefined
  const { count } = expiringRules
  const isPast = apiTime(first?.expiresAt ?? '') < now
  const verb = isPast ? 'expired' : count === 1 ? 'expires' : 'expire'
  const on = localDate(first?.expiresAt)
  return {
    kind: 'rules',
    level,
    text: `${countText(count, 'allow rule')} ${verb}${count === 1 ? '' : ', the first'} ${on}`,
  }
}

/** What is near its limit or its end, as last read, the most urgent first. */
export function alertsOf(facts: StoredFacts | undefined, server: ServerPins, now: number): readonly Alert[] {
  const { limits } = facts ?? {}
  return [
    ...usagesOf(limits).map(limitAlert),
    endAlert('maintenance', 'Maintenance', limits?.maintenanceExpiresAt, now),
    endAlert('certificate', 'Certificate', certificateEnd(facts, server), now),
    facts && rulesAlert(facts, now),
  ]
    .filter((alert) => alert !== undefined)
    .sort((a, b) => alertLevels.indexOf(a.level) - alertLevels.indexOf(b.level))
}
