/** An operation that runs once at a time: who asks for it meanwhile gets the same result. */
export class SharedRun<T> {
  private running: Promise<T> | undefined

  get isRunning(): boolean {
    return this.running !== undefined
  }

  run(start: () => Promise<T>): Promise<T> {
    if (this.running !== undefined) return this.running
    const running = start().finally(() => {
      if (this.running === running) this.running = undefined
    })
    this.running = running
    return running
  }

  /** The next call starts again, although the operation may not have ended. */
  forget(): void {
    this.running = undefined
  }
}
