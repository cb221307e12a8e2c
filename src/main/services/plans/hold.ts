/** Keeps the next steps of a plan from starting until it ends. */
export class Hold {
  private held: Promise<void> | undefined
  private release = (): void => undefined

  start(): void {
    this.held ??= new Promise((resolve) => (this.release = resolve))
  }

  end(): void {
    this.held = undefined
    this.release()
  }

  /** Resolves when nothing holds the plan. */
  async ended(): Promise<void> {
    while (this.held !== undefined) await this.held
  }
}
