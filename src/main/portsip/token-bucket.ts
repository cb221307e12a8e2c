import { abortReason, throwIfAborted } from './abort'

export interface Timing {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  /** Calls back once after so many milliseconds; the answer takes it back. */
  readonly after: (ms: number, run: () => void) => () => void
}

export const realTiming: Timing = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export interface BucketLimits {
  readonly perSecond: number
  readonly burst: number
  readonly atOnce: number
}

/** The PBX allows 5,000 requests a minute; other programs and colleagues behind the same address spend from that too. */
export const defaultLimits: BucketLimits = { perSecond: 80, burst: 500, atOnce: 8 }

interface Waiting {
  readonly start: () => void
}

/** What one server may be asked: so many requests at once, in a burst and per second. Whoever waits is served in order. */
export class TokenBucket {
  private tokens: number
  private filledAt: number
  private running = 0
  private pausedUntil = 0
  private readonly waiting: Waiting[] = []
  private takeBack: (() => void) | undefined

  constructor(
    private readonly limits: BucketLimits = defaultLimits,
    private readonly timing: Timing = realTiming,
  ) {
    this.tokens = limits.burst
    this.filledAt = timing.now()
  }

  /** Resolves when a request may go out, with what is called when it is over. Rejects with the signal's reason. */
  take(signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      throwIfAborted(signal)
      const onAbort = (): void => {
        const at = this.waiting.indexOf(entry)
        if (at >= 0) this.waiting.splice(at, 1)
        if (signal) reject(abortReason(signal))
      }
      const entry: Waiting = {
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

  /** Nothing goes out for so long: the PBX asked for it. */
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
    this.takeBack?.()
    this.takeBack = undefined
    const now = this.timing.now()
    this.fill(now)
    while (
      this.waiting.length > 0 &&
      this.running < this.limits.atOnce &&
      this.tokens >= 1 &&
      now >= this.pausedUntil
    ) {
      this.tokens -= 1
      this.running += 1
      this.waiting.shift()?.start()
    }
    // With all places taken, the next release serves.
    if (this.waiting.length === 0 || this.running >= this.limits.atOnce) return
    const forToken = ((1 - this.tokens) / this.limits.perSecond) * 1000
    this.takeBack = this.timing.after(Math.max(1, forToken, this.pausedUntil - now), () => this.serve())
  }

  private fill(now: number): void {
    const { perSecond, burst } = this.limits
    this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) / 1000) * perSecond)
    this.filledAt = now
  }
}
