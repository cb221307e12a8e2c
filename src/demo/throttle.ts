import { ApiProblem } from './api-problem'
import type { Clock } from './clock'

const windowMs = 60_000

/** Counts the requests of each address per minute; requests above the limit get 429 with Retry-After in seconds. */
export class Throttle {
  private readonly windows = new Map<string, { readonly startedAt: number; used: number }>()

  constructor(
    private readonly clock: Clock,
    private readonly perMinute: number,
  ) {}

  spend(address: string): void {
    const now = this.clock.now()
    let window = this.windows.get(address)
    if (window === undefined || now - window.startedAt >= windowMs) {
      window = { startedAt: now, used: 0 }
      this.windows.set(address, window)
    }
    if (++window.used <= this.perMinute) return
    const seconds = Math.max(1, Math.ceil((window.startedAt + windowMs - now) / 1000))
    throw new ApiProblem(429, 'UNKNOWN', 'Too many requests', undefined, { 'retry-after': String(seconds) })
  }
}
