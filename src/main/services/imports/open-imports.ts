import { suspendedImportsMax } from '@shared/domain/suspended-imports-max'
import { importClosed } from './words'

interface Closable {
  readonly id: string
  /** Ends what is under way. */
  close?(): void
}

/**
 * Those that wait for a session, the one in the panel, and the one that replaces it. A window that was reloaded leaves
 * imports behind: the oldest ones go.
 */
const openMax = suspendedImportsMax + 2

/** The imports that are open in the window, by their IDs. */
export class OpenImports<T extends Closable> {
  private readonly byId = new Map<string, T>()

  add(opened: T): void {
    this.byId.set(opened.id, opened)
    for (const id of [...this.byId.keys()].slice(0, -openMax)) this.close(id)
  }

  has(id: string): boolean {
    return this.byId.has(id)
  }

  /** Throws `not-found` for one that was closed. */
  find(id: string): T {
    const opened = this.byId.get(id)
    if (opened === undefined) throw importClosed()
    return opened
  }

  /** One that was closed already is no error. */
  close(id: string): void {
    this.byId.get(id)?.close?.()
    this.byId.delete(id)
  }

  /** Closes those of which this is true. */
  closeWhere(isClosed: (opened: T) => boolean): void {
    for (const opened of this.byId.values()) if (isClosed(opened)) this.close(opened.id)
  }
}
