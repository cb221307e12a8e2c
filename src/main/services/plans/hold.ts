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

  /** Resolves when it ends; undefined if the plan is not on hold. */
  get ending(): Promise<void> | undefined {
    return this.held
  }
}
