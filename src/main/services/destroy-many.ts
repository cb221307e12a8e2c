import { FleetError, type ErrorCode } from '@shared/ipc/result'
import { toAppError } from '../ipc/to-app-error'
import type { JobHandle } from './jobs'
import { lostResponse } from './records/write-record'

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

export const isGone = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.code === 'not-found' || error.detail.status === 404)

export interface DestroyMany {
  readonly ids: readonly string[]
  readonly labelOf: (id: string) => string
  readonly destroy: (id: string) => Promise<void>
  /** Reads the item: one that is gone was deleted. */
  readonly show: (id: string) => Promise<unknown>
  /** The PBX deletes in the background: an item may still be there after its deletion was accepted. */
  readonly later?: boolean | undefined
}

const notGone = (message: string): FleetError =>
  new FleetError({
    code: 'unknown-outcome',
    message,
    hint: 'Nothing was sent again. Refresh the list to see the current state.',
  })

/** Deletes one item and looks whether it is gone, whatever the response said; also when that was lost. */
async function destroyOne({ destroy, show, later = false }: DestroyMany, id: string): Promise<void> {
  const lost = await lostResponse(destroy(id))
  if (lost === undefined && later) return
  const found = await show(id).then(
    () => 'there' as const,
    (error: unknown) => (isGone(error) ? 'gone' : 'not read'),
  )
  if (found === 'gone') return
  throw (
    lost ??
    notGone(
      found === 'there'
        ? 'The server reported success, but it is still there'
        : 'The server reported success, but whether it is gone could not be read',
    )
  )
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
        await destroyOne(work, id)
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
