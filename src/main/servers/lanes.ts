import { realTiming, type Timing } from '../portsip/token-bucket'

/** How many tasks run at the same time, not counting those that wait for a slow server. */
export const width = 8
/** A task that takes longer makes room for the next one. */
const patienceMs = 300
/** The most tasks that wait for slow servers at the same time. */
const slowWidth = 64

/**
 * Runs tasks on many servers, eight at a time, so that a server that is slow or dead delays no other: a task that takes
 * longer than `patienceMs`, or whose server is known to be slow, continues outside the eight.
 */
export class Lanes {
  private readonly waiting: { readonly isSlow: boolean; readonly start: () => void }[] = []
  private fast = 0
  private slow = 0

  constructor(private readonly timing: Timing = realTiming) {}

  /** Runs a task when there is room for it. `isSlow`: the server did not respond last time. */
  async run<T>(task: () => Promise<T>, isSlow = false): Promise<T> {
    await new Promise<void>((start) => {
      this.waiting.push({ isSlow, start })
      this.serve()
    })
    let isOutside = isSlow
    let cancelTimer = (): void => undefined
    // Tried again while all places for slow servers are occupied.
    const moveLater = (): void => {
      cancelTimer = this.timing.after(patienceMs, () => {
        isOutside = this.moveOutside()
        if (!isOutside) moveLater()
      })
    }
    if (!isSlow) moveLater()
    try {
      return await task()
    } finally {
      cancelTimer()
      if (isOutside) this.slow -= 1
      else this.fast -= 1
      this.serve()
    }
  }

  private moveOutside(): boolean {
    if (this.slow >= slowWidth) return false
    this.fast -= 1
    this.slow += 1
    this.serve()
    return true
  }

  private serve(): void {
    for (let at = 0; at < this.waiting.length;) {
      const task = this.waiting[at]
      if (task === undefined || !(task.isSlow ? this.slow < slowWidth : this.fast < width)) {
        at += 1
        continue
      }
      if (task.isSlow) this.slow += 1
      else this.fast += 1
      this.waiting.splice(at, 1)
      task.start()
    }
  }
}
