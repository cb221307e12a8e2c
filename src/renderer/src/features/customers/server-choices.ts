import { mayUse } from '@shared/access/allowed'
import type { ServerId } from '@shared/domain/server'
import { limitsOwners, type LimitsOwner, type Usage } from '@shared/domain/server-facts'
import type { BoardRow } from '@shared/fleet/board-row'
import { tenant } from '@shared/resources/tenant'
import { compareNames } from '@shared/rows/order'
import { placeText } from '@/features/fleet/place-text'

/** A server on which the customer could be created. */
export interface ServerChoice {
  readonly id: ServerId
  readonly name: string
  readonly place: string
  /** Why it cannot be used now; empty if it can. */
  readonly obstacle: string
  /** Undefined if the server did not report both values. */
  readonly freeUsers?: number
  readonly freeCalls?: number
  readonly freeTenants?: number
  /** The limit of which `freeUsers` are left. */
  readonly userLimit?: number
  /** Whose limits these are: a new customer of a dealer counts against the dealer's own. Undefined if none were read. */
  readonly owner?: LimitsOwner
  /** RFC 3339 time of these values. */
  readonly readAt?: string
}

/** What is left of a limit; undefined if the server did not report both values. */
export const freeOf = ({ used, limit }: Usage): number | undefined =>
  used === undefined || limit === undefined ? undefined : Math.max(0, limit - used)

function obstacleOf({ server, session, health }: BoardRow): string {
  if (server.paused === true) return 'Paused'
  if (session.phase !== 'signed-in') return health.label
  if (!mayUse(session, tenant.id, 'change')) return 'No permission'
  return server.protection === 'read-only' ? 'Read-only' : ''
}

function choiceOf(row: BoardRow): ServerChoice {
  const { server, facts } = row
  const { users = {}, calls = {}, tenants = {}, owner, readAt } = facts?.limits ?? {}
  const [freeUsers, freeCalls, freeTenants] = [freeOf(users), freeOf(calls), freeOf(tenants)]
  return {
    ...{ id: server.id, name: server.name, obstacle: obstacleOf(row) },
    place: placeText(server),
    ...(freeUsers !== undefined && { freeUsers }),
    ...(freeCalls !== undefined && { freeCalls }),
    ...(freeTenants !== undefined && { freeTenants }),
    ...(users.limit !== undefined && { userLimit: users.limit }),
    ...(owner !== undefined && { owner }),
    ...(readAt !== undefined && { readAt }),
  }
}

/** License limits, limits of a dealer, and no limits that were read cannot be compared with each other. */
const ownerRank = ({ owner, freeUsers }: ServerChoice): number =>
  owner === undefined || freeUsers === undefined ? limitsOwners.length : limitsOwners.indexOf(owner)

/**
 * Servers with the most free licensed users first, then those on which a dealer is signed in, by what is left of the
 * dealer's limit; those that cannot be used are last.
 */
export const serverChoices = (rows: readonly BoardRow[]): readonly ServerChoice[] =>
  rows
    .map(choiceOf)
    .sort(
      (a, b) =>
        Number(a.obstacle !== '') - Number(b.obstacle !== '') ||
        ownerRank(a) - ownerRank(b) ||
        (b.freeUsers ?? -1) - (a.freeUsers ?? -1) ||
        compareNames(a.name, b.name),
    )
