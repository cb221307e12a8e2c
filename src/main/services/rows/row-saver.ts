import type { RowFiles } from './row-files'
import type { StoredList } from './row-store'

/** Lists arrive in bursts: they are written when none has for this time. */
const quietMs = 3000

/** Writes complete lists, the latest of each, one after another. */
export class RowSaver {
  private readonly pending = new Map<string, StoredList>()
  private cancelTimer = (): void => undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(
    private readonly files: Pick<RowFiles, 'write'>,
    /** Whether these are still the rows of the list. */
    private readonly isCurrent: (list: StoredList) => boolean,
    private readonly after: (ms: number, run: () => void) => () => void,
  ) {}

  changed(list: StoredList): void {
    this.pending.set(`${list.resource}/${list.serverId}`, list)
    this.cancelTimer()
    this.cancelTimer = this.after(quietMs, () => void this.flush())
  }

  /** Writes what is pending; resolves when nothing is being written. */
  flush(): Promise<void> {
    this.cancelTimer()
    const lists = [...this.pending.values()]
    this.pending.clear()
    this.writing = this.writing.then(async () => {
      for (const list of lists)
        // What was stored before stays, with its age.
        if (this.isCurrent(list)) await this.files.write(list).catch(() => undefined)
    })
    return this.writing
  }
}
