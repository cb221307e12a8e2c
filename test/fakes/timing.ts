import type { Timing } from '@main/portsip/token-bucket'

/** A clock that only moves when a test advances it. */
export class FakeTiming implements Timing {
  private time = 0
  private readonly timers: { readonly at: number; readonly run: () => void }[] = []

  readonly now = (): number => this.time

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.time + ms, run }
    this.timers.push(timer)
    return () => {
      const at = this.timers.indexOf(timer)
      if (at >= 0) this.timers.splice(at, 1)
    }
  }

  /** Milliseconds until the next timer. */
  get next(): number | undefined {
    return this.timers.length === 0 ? undefined : Math.min(...this.timers.map(({ at }) => at)) - this.time
  }

  advance(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (due === undefined) break
      this.timers.splice(this.timers.indexOf(due), 1)
      this.time = Math.max(this.time, due.at)
      due.run()
    }
    this.time = end
  }
}

let skipped = 0

/** The real clock, but waits end immediately and advance it by their length. */
export const noWaiting: Timing = {
  now: () => performance.now() + skipped,
  after: (ms, run) => {
    const immediate = setImmediate(() => {
      skipped += ms
      run()
    })
    return () => clearImmediate(immediate)
  },
}
