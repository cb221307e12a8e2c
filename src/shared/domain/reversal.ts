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

/** The change that restores what was there before. `before` is what it takes for granted: other values on the server are a conflict. */
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
 * Whether a change can be reverted. `lost` says what does not come back. A created record needs the secrets of `missing` fields, which nobody but the
 * person knows.
 */
export type Reversal =
  | { readonly possible: 'no'; readonly reason: string }
  | { readonly possible: 'yes'; readonly write: InverseWrite }
  | { readonly possible: 'partly'; readonly write: InverseWrite; readonly lost: readonly string[] }
