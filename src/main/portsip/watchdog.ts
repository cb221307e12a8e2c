/** Fewer bytes than this do not count as progress: one byte a second would keep a request alive for hours. */
const leastProgress = 1024

/** Fires once when nothing of weight happened for `ms`. Whoever waits for its own consumer holds it meanwhile. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined
  private gathered = 0
  private startedAt = 0
  private left = 0

  constructor(
    private readonly ms: number,
    private readonly fire: () => void,
  ) {}

  start(): void {
    this.gathered = 0
    this.run(this.ms)
  }

  progress(bytes: number): void {
    this.gathered += bytes
    if (this.gathered < leastProgress) return
    this.start()
  }

  hold(): void {
    this.left = Math.max(1, this.left - (performance.now() - this.startedAt))
    this.stop()
  }

  resume(): void {
    this.run(this.left)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private run(ms: number): void {
    this.stop()
    this.left = ms
    this.startedAt = performance.now()
    this.timer = setTimeout(this.fire, ms)
  }
}
