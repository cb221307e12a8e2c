import type { ErrorCode } from '@shared/ipc/result'
import { toAppError } from '../ipc/to-app-error'
import { isGone } from './is-gone'
import type { JobHandle } from './jobs'

/** Requests that change something and are under way at once, of one job. */
export const atOnce = 4
/** Without a session or a connection no further row can succeed. */
export const endsAll: ReadonlySet<ErrorCode> = new Set([
  'signed-out',
  'tls-changed',
  'tls-untrusted',
  'offline',
  'denied',
])

export interface DestroyMany {
  readonly ids: readonly string[]
  readonly labelOf: (id: string) => string
  /** Deletes one and verifies that. */
  readonly destroy: (id: string) => Promise<void>
}

/**
 * Deletes items, four at once. Each that does not succeed is told with its reason; one that is not there any more is told as already gone. Cancel
 * lets those under way end and starts no other.
 */
export async function destroyMany(work: DestroyMany, job: JobHandle): Promise<void> {
  const waiting = [...work.ids].reverse()
  let done = 0
  job.progress(0, work.ids.length)
  const worker = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined && !job.signal.aborted; id = waiting.pop()) {
      try {
        await work.destroy(id)
      } catch (error) {
        const reason = isGone(error) ? ({ code: 'not-found', message: 'Was already gone' } as const) : toAppError(error)
        job.fail({ id, label: work.labelOf(id), error: reason }, error)
        // Every further row would fail the same way.
        if (endsAll.has(reason.code)) {
          waiting.length = 0
          throw error
        }
      }
      done += 1
      job.progress(done, work.ids.length)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
