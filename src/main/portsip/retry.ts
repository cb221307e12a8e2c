import { FleetError } from '@shared/ipc/result'
import { abortReason, throwIfAborted } from './abort'
import type { Timing } from './token-bucket'

const repeats = 2
const firstWaitMs = 250
const busyWaitMs = 1_000
/** A longer Retry-After is shown to the user instead of being waited for. */
const longestWaitMs = 30_000

export interface RetryWait {
  readonly ms: number
  /** Whether the same GET may be sent again afterwards. */
  readonly canRetry: boolean
  /** True if the PBX requested the pause: no other request is sent meanwhile. */
  readonly pausesAll: boolean
}

/**
 * The wait after a temporary failure: a lost or refused connection, 502, 503, 504 or 429. Undefined for all others.
 * Waits double and vary randomly, so that requests do not return simultaneously.
 */
export function waitBeforeRetry(error: unknown, repeated: number, random = Math.random): RetryWait | undefined {
  if (!(error instanceof FleetError)) return undefined
  const { code, status = 0, retryAfter } = error.detail
  const busy = code === 'rate-limited'
  if (!busy && code !== 'offline' && ![502, 503, 504].includes(status)) return undefined
  const requestedMs = retryAfter === undefined ? undefined : retryAfter * 1000
  const backoffMs = (busy ? busyWaitMs : firstWaitMs) * 2 ** repeated * (0.5 + random())
  const ms = Math.min(requestedMs === undefined ? backoffMs : requestedMs + random() * firstWaitMs, longestWaitMs)
  return {
    ms,
    canRetry: repeated < repeats && (requestedMs ?? 0) <= longestWaitMs,
    pausesAll: busy || requestedMs !== undefined,
  }
}

/** Waits; rejects with the reason of the signal. */
export function pauseFor(ms: number, timing: Timing, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal)
    const onAbort = (): void => {
      cancelWait()
      if (signal !== undefined) reject(abortReason(signal))
    }
    const cancelWait = timing.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
