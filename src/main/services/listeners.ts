/** Those who want to be told. Each is called at once and in order; `tell` resolves when all are through, and fails as the first of them did. */
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
