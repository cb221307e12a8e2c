import { FleetError } from '@shared/ipc/result'

/** Work of which only the newest counts: one that begins ends the one before it under the same key, which fails as `cancelled`. */
export class NewestOnly {
  private readonly running = new Map<string, AbortController>()

  async run<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.running.get(key)?.abort(new FleetError({ code: 'cancelled', message: 'A newer check replaced this one' }))
    const abort = new AbortController()
    this.running.set(key, abort)
    try {
      return await work(abort.signal)
    } finally {
      if (this.running.get(key) === abort) this.running.delete(key)
    }
  }
}
