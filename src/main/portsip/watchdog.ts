/** Fewer bytes do not count as progress; otherwise one byte a second would keep a request alive for hours. */
const minProgressBytes = 1024

/** Fires once if there is no progress for `ms`. `hold` stops the clock while the caller waits for its own consumer. */
export class Watchdog {
  private timer: NodeJS.Timeout | undefined
  private receivedBytes = 0
  private startedAt = 0
  private remainingMs = 0

  constructor(
    private readonly ms: number,
    private readonly onStall: () => void,
  ) {}

  start(): void {
    this.receivedBytes = 0
    this.run(this.ms)
  }

  progress(bytes: number): void {
    this.receivedBytes += bytes
    if (this.receivedBytes < minProgressBytes) return
    this.start()
  }

  hold(): void {
    this.remainingMs = Math.max(1, this.remainingMs - (performance.now() - this.startedAt))
    this.stop()
  }

  resume(): void {
    this.run(this.remainingMs)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private run(ms: number): void {
    this.stop()
    this.remainingMs = ms
    this.startedAt = performance.now()
    this.timer = setTimeout(this.onStall, ms)
  }
}
