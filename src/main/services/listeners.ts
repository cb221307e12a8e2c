/** Calls its listeners in order. `notify` waits for all of them and rejects with the first error. */
export class Listeners<A extends readonly unknown[]> {
  private readonly all = new Set<(...args: A) => unknown>()

  add(listener: (...args: A) => unknown): () => void {
    this.all.add(listener)
    return () => void this.all.delete(listener)
  }

  async tell(...args: A): Promise<void> {
    const results = await Promise.allSettled([...this.all].map(async (listener) => listener(...args)))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }
}
