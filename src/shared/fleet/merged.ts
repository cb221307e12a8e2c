import { z } from 'zod'
import { filterOperators } from '../domain/page'
import { serverIdSchema, type ServerId } from '../domain/server'
import type { AppError } from '../ipc/result'
import { mergedIds, type MergedId } from './merged-ids'
import type { MergedPhase } from './merged-phase'
import type { MergedRow } from './merged-row'

export const mergedIdSchema = z.enum(mergedIds)

/** A field's API name, dotted inside an object, or another key of a merged row. */
const columnKey = z
  .string()
  .regex(/^@?[a-z][A-Za-z0-9_.]*$/)
  .max(100)

/**
 * Rows of the view on the servers in `serverIds`. Each word of `search` has to occur. The order is the one of the first
 * query with this `epoch`: rows that arrive later are at the end, and rows that were read again keep their place.
 */
export const mergedQuerySchema = z.object({
  serverIds: z.array(serverIdSchema).max(10_000).readonly(),
  search: z.string().max(256).optional(),
  filter: z
    .array(z.object({ key: columnKey, operator: z.enum(filterOperators), value: z.string().max(1024) }))
    .max(20)
    .readonly()
    .optional(),
  sort: z.object({ key: columnKey, descending: z.boolean() }).optional(),
  epoch: z.int().min(0),
})
export type MergedQuery = z.infer<typeof mergedQuerySchema>

export const mergedPageQuerySchema = mergedQuerySchema.extend({
  offset: z.int().min(0),
  limit: z.int().min(1).max(1000),
})
export type MergedPageQuery = z.infer<typeof mergedPageQuerySchema>

/** Selected rows: by ID, or all that match the query except for some. */
export const mergedRowsSchema = z.object({
  query: mergedQuerySchema,
  ids: z.array(z.string().min(1).max(500)).max(100_000).readonly().optional(),
  except: z.array(z.string().min(1).max(500)).max(100_000).readonly().optional(),
  columns: z.array(columnKey).min(1).max(500).readonly(),
})
export type MergedRows = z.infer<typeof mergedRowsSchema>

/** `isOutdated`: with a new epoch, rows would be in another place, have other values or be gone. */
export interface MergedPage {
  readonly items: readonly MergedRow[]
  readonly count: number
  readonly isOutdated: boolean
}

/**
 * Whose rows they are if an account does not see all of a server: a dealer's own tenants and dealers, or only the own
 * tenant of its administrator.
 */
export type RowScope = 'dealer' | 'own-tenant'

/** One server of a merged table. `rows` and `readAt` (RFC 3339) are of the rows that are shown, also if they are old. */
export interface MergedServer {
  readonly serverId: ServerId
  readonly phase: MergedPhase
  readonly rows: number
  readonly readAt?: string
  /** The rows are not all rows of the server: their reading ended early. */
  readonly isPartial?: boolean
  /** Set if the account that read the rows does not see all of the server. */
  readonly scope?: RowScope
  readonly error?: AppError
}

export interface MergedState {
  readonly viewId: string
  readonly resource: MergedId
  readonly servers: readonly MergedServer[]
}
