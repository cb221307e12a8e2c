import type { RecordValues } from './record'
import type { ServerId } from './server'
import type { ListId, ResourceId } from '../resources/ids'

interface At<R extends ResourceId = ResourceId> {
  readonly serverId: ServerId
  readonly resource: R
}

/** The assignment of a trunk to a tenant. */
interface OfAssignment {
  readonly serverId: ServerId
  readonly resource: 'trunk-assignment'
  readonly trunkId: string
  readonly tenantId: string
}

export type InverseAssignment = OfAssignment &
  (
    | { readonly kind: 'delete'; readonly before: RecordValues }
    | { readonly kind: 'change'; readonly before: RecordValues; readonly changes: RecordValues }
    | { readonly kind: 'create'; readonly values: RecordValues; readonly missing: readonly string[] }
  )

/** The change that restores the previous values. If the server's values differ from `before`, it is a conflict. */
export type InverseWrite =
  | InverseAssignment
  | (At<ListId> & { readonly kind: 'delete'; readonly id: string; readonly before: RecordValues })
  | (At & {
      readonly kind: 'change'
      readonly id?: string
      readonly before: RecordValues
      readonly changes: RecordValues
    })
  | (At<ListId> & { readonly kind: 'create'; readonly values: RecordValues; readonly missing: readonly string[] })

/**
 * Whether a change can be reverted. `lost` describes what is not restored. A record to create again requires the
 * secrets of the `missing` fields from the user.
 */
export type Reversal =
  | { readonly possible: 'no'; readonly reason: string }
  | { readonly possible: 'yes'; readonly write: InverseWrite }
  | { readonly possible: 'partly'; readonly write: InverseWrite; readonly notRestored: readonly string[] }
