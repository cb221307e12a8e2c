import type { AppError } from '../ipc/result'
import type { IncompleteRead } from './export'
import type { ResourceId } from '../resources/ids'
import type { ServerId } from './server'

export type JobId = string

export const jobKinds = ['export', 'brand'] as const
export type JobKind = (typeof jobKinds)[number]

/** Result for one item of a job; `label` is its display name. */
export interface JobItemResult {
  readonly id: string
  readonly label: string
  readonly error?: AppError
}

/**
 * A job that takes over a second. `total` is undefined until known. `failures` has up to 100 failed items. For a
 * finished export, `exportId` names its library entry, and `incomplete` reports missing rows. Main pushes each change
 * as the event `job:changed`.
 */
export interface JobState {
  readonly id: JobId
  readonly kind: JobKind
  readonly title: string
  readonly serverId?: ServerId
  /** The resource whose rows are processed. */
  readonly resource?: ResourceId
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  readonly done: number
  readonly total?: number
  readonly failures: readonly JobItemResult[]
  readonly error?: AppError
  readonly exportId?: string
  readonly incomplete?: IncompleteRead
}
