import { abortReason, throwIfAborted } from './abort'

export interface Timing {
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Calls `run` once after `ms`; returns a function that cancels it. */
  readonly after: (ms: number, run: () => void) => () => void
}

let clockRate = 1

/** Makes the real clock run as many times as fast, for the smoke test. Only to be called before the clock is used. */
export const setClockRate = (rate: number): void => void (clockRate = rate)

export const realTiming: Timing = {
  now: () => performance.now() * clockRate,
  after: (ms, run) => {
    const timer = setTimeout(run, ms / clockRate)
    return () => clearTimeout(timer)
  },
}

export interface BucketLimits {
  readonly perSecond: number
  readonly burst: number
  readonly maxConcurrent: number
}

/** The PBX allows 5,000 requests a minute, which other programs behind the same address share. */
export const defaultLimits: BucketLimits = { perSecond: 80, burst: 500, maxConcurrent: 8 }

interface WaitingRequest {
  readonly start: () => void
}

/** Limits the requests to one server: concurrent, in a burst, and per second. Waiting requests are served in order. */
export class TokenBucket {
  private tokens: number
  private filledAt: number
  private running = 0
  private pausedUntil = 0
  private readonly waiting: WaitingRequest[] = []
  private cancelTimer: (() => void) | undefined

  constructor(
    private readonly limits: BucketLimits = defaultLimits,
    private readonly timing: Timing = realTiming,
  ) {
    this.tokens = limits.burst
    this.filledAt = timing.now()
  }

  /**
   * Resolves when a request may be sent, with the function to call when it is done. Rejects with the signal's reason.
   */
  acquire(signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal)
      const onAbort = (): void => {
        const at = this.waiting.indexOf(entry)
        if (at >= 0) this.waiting.splice(at, 1)
        if (signal) reject(abortReason(signal))
      }
      const entry: WaitingRequest = {
        start: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve(this.release())
        },
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.waiting.push(entry)
      this.serve()
    })
  }

  /** No request starts for this many milliseconds: the PBX requested a pause. */
  pause(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.timing.now() + ms)
  }

  private release(): () => void {
    let released = false
    return () => {
      if (released) return
      released = true
      this.running -= 1
      this.serve()
    }
  }

  private serve(): void {
    this.cancelTimer?.()
    this.cancelTimer = undefined
    const now = this.timing.now()
    this.fill(now)
    while (
      this.waiting.length > 0 &&
      this.running < this.limits.maxConcurrent &&
      this.tokens >= 1 &&
      now >= this.pausedUntil
    ) {
      this.tokens -= 1
      this.running += 1
      this.waiting.shift()?.start()
    }
    // If all places are occupied, the next release serves.
    if (this.waiting.length === 0 || this.running >= this.limits.maxConcurrent) return
    const forToken = ((1 - this.tokens) / this.limits.perSecond) * 1000
    this.cancelTimer = this.timing.after(Math.max(1, forToken, this.pausedUntil - now), () => this.serve())
  }

  private fill(now: number): void {
    const { perSecond, burst } = this.limits
    this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) / 1000) * perSecond)
    this.filledAt = now
  }
}
