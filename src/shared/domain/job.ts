import type { AppError } from '../ipc/result'
import type { IncompleteRead } from './export'
import type { ResourceId } from '../resources/ids'
import type { ServerId } from './server'

export type JobId = string

export const jobKinds = ['export', 'brand'] as const
export type JobKind = (typeof jobKinds)[number]

/** What became of one item of a job over many; `label` names it for a person. */
export interface JobItemResult {
  readonly id: string
  readonly label: string
  readonly error?: AppError
}

/**
 * Work that takes over a second. `total` is absent until it is known. `failures` lists items that did not succeed (at most 100). An export
 * that is done names its library entry in `exportId`, and in `incomplete` that rows are missing in it. Main pushes each change as the event `job:changed`.
 */
export interface JobState {
  readonly id: JobId
  readonly kind: JobKind
  readonly title: string
  readonly serverId?: ServerId
  /** The resource whose rows it works on. */
  readonly resource?: ResourceId
  readonly state: 'running' | 'done' | 'cancelled' | 'failed'
  readonly done: number
  readonly total?: number
  readonly failures: readonly JobItemResult[]
  readonly error?: AppError
  readonly exportId?: string
  readonly incomplete?: IncompleteRead
}
