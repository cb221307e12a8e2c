import type { ServerId } from '@shared/domain/server'
import type { RowScope } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'

/** A record of a server: its values in the order of the resource's exported fields. */
export interface StoredRow {
  readonly id: string
  readonly cells: readonly unknown[]
  /** Keys of fields whose value did not have the documented type. */
  readonly unread?: readonly string[]
}

/** A complete list as it was read in an earlier run of the app. */
export interface RestoredList {
  readonly serverId: ServerId
  readonly resource: MergedId
  /** RFC 3339. */
  readonly readAt: string
  /** Address and user with which it was read, as `identity` makes it. */
  readonly account: string
  /** Set if the account does not see all of the server. */
  readonly scope?: RowScope
  readonly rows: readonly StoredRow[]
}
