import { FleetError } from '@shared/ipc/result'
import { abortReason, throwIfAborted } from './abort'
import type { Timing } from './token-bucket'

const repeats = 2
const firstWaitMs = 250
const busyWaitMs = 1_000
/** A longer Retry-After is told to the person instead of being waited for. */
const longestWaitMs = 30_000

export interface RetryWait {
  readonly ms: number
  /** Whether the same GET may go out again after it. */
  readonly again: boolean
  /** The PBX asked for it: nothing else goes out meanwhile. */
  readonly pausesAll: boolean
}

/**
 * How long to wait after a failure that may pass: a lost or refused connection, 502, 503, 504 and 429. Undefined for all others. The waits double and
 * differ by chance, so that many requests do not come back at once.
 */
export function waitBeforeRetry(error: unknown, repeated: number, random = Math.random): RetryWait | undefined {
  if (!(error instanceof FleetError)) return undefined
  const { code, status = 0, retryAfter } = error.detail
  const busy = code === 'rate-limited'
  if (!busy && code !== 'offline' && ![502, 503, 504].includes(status)) return undefined
  const asked = retryAfter === undefined ? undefined : retryAfter * 1000
  const own = (busy ? busyWaitMs : firstWaitMs) * 2 ** repeated * (0.5 + random())
  const ms = Math.min(asked === undefined ? own : asked + random() * firstWaitMs, longestWaitMs)
  return { ms, again: repeated < repeats && (asked ?? 0) <= longestWaitMs, pausesAll: busy || asked !== undefined }
}

/** Waits; rejects with what the signal's owner meant. */
export function pauseFor(ms: number, timing: Timing, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal)
    const onAbort = (): void => {
      takeBack()
      if (signal !== undefined) reject(abortReason(signal))
    }
    const takeBack = timing.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
