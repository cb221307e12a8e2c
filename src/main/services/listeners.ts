/** Calls its listeners in order. `notify` waits for all of them and rejects with the first error. */
export class Listeners<A extends readonly unknown[]> {
  private readonly listeners = new Set<(...args: A) => unknown>()

  add(listener: (...args: A) => unknown): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  async notify(...args: A): Promise<void> {
    const results = await Promise.allSettled([...this.listeners].map(async (listener) => listener(...args)))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
}
