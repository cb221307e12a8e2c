import type { LockedError } from '../../storage/secret-store'

/**
 * Changes of keychain entries, those of one entry one after the other. A locked keychain makes a change only when it is
 * unlocked; until then, the entry cannot be changed again.
 */
export class EntryQueue {
  private readonly queues = new Map<string, Promise<unknown>>()
  private readonly late = new Map<string, LockedError>()

  /** Whether a locked keychain has yet to make a change of this entry. */
  isLate(account: string): boolean {
    return this.late.has(account)
  }

  /** Runs after the earlier changes of the entry. Throws FleetError `keychain` while one of them is late. */
  run<T>(account: string, change: () => Promise<T>): Promise<T> {
    const before = this.queues.get(account) ?? Promise.resolve()
    const done = before.then(() => {
      const late = this.late.get(account)
      return late === undefined ? change() : Promise.reject(late.again())
    })
    const settled = done
      .catch(() => undefined)
      .then(() => {
        if (this.queues.get(account) === settled) this.queues.delete(account)
      })
    this.queues.set(account, settled)
    return done
  }

  /** The keychain is locked and makes the change later. `onSettled` is called when it made it, or failed to. */
  waitFor(account: string, error: LockedError, onSettled: (isMade: boolean) => void): void {
    this.late.set(account, error)
    const settle = (isMade: boolean): void => {
      this.late.delete(account)
      onSettled(isMade)
    }
    error.late.then(
      () => settle(true),
      () => settle(false),
    )
  }
}
