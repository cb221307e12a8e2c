import { existsSync, renameSync } from 'node:fs'
import { copyFile, link, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FleetError } from '@shared/ipc/result'
import { storedLimits } from '@shared/limits/stored'
import { diskError, errnoOf } from './disk-error'
import { readJson, type JsonReading, type JsonShape } from './read-json'
import { removeTemporaries, writeAtomic } from './write-atomic'

export interface JsonStoreSpec<T> extends Pick<JsonShape<T>, 'schema' | 'version'> {
  readonly file: string
  /** Value while there is no file. */
  readonly empty: T
  readonly maxBytes?: number
}

/**
 * Why the file was not used. `keptAs` is the new name of a damaged file in the same folder. `lastGood` is the copy from
 * before the last save, `savedAt` in RFC 3339.
 */
export interface StoreProblem<T> {
  readonly kind: 'damaged' | 'newer-version' | 'unreadable'
  readonly message: string
  readonly keptAs?: string
  readonly lastGood?: { readonly value: T; readonly savedAt: string }
}

/** Valid in file names on every system: no colons. */
const stamp = (): string => new Date().toISOString().replaceAll(':', '-').replace(/\..*$/, '')

function freeName(folder: string, name: string): string {
  let candidate = name
  for (let n = 2; existsSync(join(folder, candidate)); n++) candidate = `${name}-${n}`
  return candidate
}

/** A link costs nothing; file systems without links get a copy. */
const linkOrCopy = (file: string, name: string): Promise<void> =>
  link(file, name).catch((error: unknown) =>
    errnoOf(error) === 'ENOENT' ? Promise.reject(error) : copyFile(file, name),
  )

/**
 * One versioned JSON file: validated on reading and writing, saved completely or not at all, with the previous state in
 * `<file>.bak`.
 * A damaged file is renamed. A newer or unreadable file is left alone and never overwritten. The file is read by the
 * constructor.
 * Errors: FleetError `disk` if a save fails, `read-only` if the file must not be overwritten.
 */
export class JsonStore<T> {
  private readonly shape: JsonShape<T>
  private readonly backup: string
  private current: T
  private currentProblem: StoreProblem<T> | undefined
  private isLocked = false
  private isOnlyGoodCopy = false
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly spec: JsonStoreSpec<T>) {
    this.shape = { schema: spec.schema, version: spec.version, maxBytes: spec.maxBytes ?? storedLimits.bytes }
    this.backup = `${spec.file}.bak`
    removeTemporaries(dirname(spec.file), basename(spec.file))
    const reading = readJson(spec.file, this.shape)
    this.current = reading.kind === 'good' ? reading.value : spec.empty
    if (reading.kind !== 'good') this.currentProblem = this.problemOf(reading)
  }

  get value(): T {
    return this.current
  }

  get problem(): StoreProblem<T> | undefined {
    return this.currentProblem
  }

  /**
   * Changes the value after all earlier changes; the new value applies once it is on disk. If `change` throws, nothing
   * changes.
   */
  update(change: (value: T) => T): Promise<T> {
    return this.enqueue(async () => {
      const next = change(this.current)
      if (next === this.current) return next
      await this.write(next)
      return this.setCurrent(next)
    })
  }

  /** Restores the last good copy; `merge` may add later changes. Errors: FleetError `not-found` if there is none. */
  restore(merge: (lastGood: T, now: T) => T): Promise<T> {
    return this.enqueue(async () => {
      const lastGood = this.currentProblem?.lastGood
      if (lastGood === undefined) throw new FleetError({ code: 'not-found', message: 'There is no backup to restore' })
      const next = merge(lastGood.value, this.current)
      await this.write(next)
      this.currentProblem = undefined
      return this.setCurrent(next)
    })
  }

  /** Resolves when all pending saves have finished or failed. */
  settled(): Promise<void> {
    return this.queue.then(() => undefined)
  }

  private enqueue<R>(task: () => Promise<R>): Promise<R> {
    const done = this.queue.then(task)
    this.queue = done.catch(() => undefined)
    return done
  }

  private setCurrent(next: T): T {
    this.current = next
    return next
  }

  private async write(next: T): Promise<void> {
    const name = basename(this.spec.file)
    if (this.isLocked) {
      const message = `${name} is not changed: ${this.currentProblem?.message ?? ''}`
      throw new FleetError({
        code: 'read-only',
        message,
        hint: 'Update PBX Fleet or move the file away, then start again.',
      })
    }
    const text = JSON.stringify(this.spec.schema.parse(next), null, 1)
    if (Buffer.byteLength(text) > this.shape.maxBytes) {
      throw new FleetError({ code: 'rejected', message: `${name} would become too large to open again` })
    }
    await this.saveBackup()
    // Contains names of customers, addresses and users, so only this account may read it.
    await writeAtomic(this.spec.file, text, 0o600)
  }

  private async saveBackup(): Promise<void> {
    const name = basename(this.spec.file)
    const folder = dirname(this.spec.file)
    try {
      if (this.isOnlyGoodCopy) {
        // This copy is the only good state, so it gets a name that later copies do not overwrite.
        await linkOrCopy(this.backup, join(folder, freeName(folder, `${name}.last-good-${stamp()}`)))
        this.isOnlyGoodCopy = false
      }
      const temporary = join(folder, `.${name}.backup.fleet-tmp`)
      await rm(temporary, { force: true })
      await linkOrCopy(this.spec.file, temporary)
      await rename(temporary, this.backup)
    } catch (error) {
      // Nothing was saved yet, so there is nothing to copy.
      if (errnoOf(error) !== 'ENOENT' || existsSync(this.spec.file)) throw diskError(error, this.spec.file)
    }
  }

  private problemOf(reading: Exclude<JsonReading<T>, { kind: 'good' }>): StoreProblem<T> | undefined {
    const name = basename(this.spec.file)
    if (reading.kind === 'missing') {
      const readBackup = this.offer()
      return readBackup.lastGood && { kind: 'damaged', message: `${name} is missing`, ...readBackup }
    }
    const message = `${name} ${reading.why}`
    const keptAs = reading.kind === 'damaged' ? this.renameDamaged() : undefined
    if (keptAs !== undefined) {
      return { kind: 'damaged', message: `${message}; it was saved as ${keptAs}`, keptAs, ...this.offer() }
    }
    // The file stays in place, and a save would destroy it.
    this.isLocked = true
    return { kind: reading.kind, message }
  }

  private offer(): Pick<StoreProblem<T>, 'lastGood'> {
    const copy = readJson(this.backup, this.shape)
    this.isOnlyGoodCopy = copy.kind === 'good'
    return copy.kind === 'good' ? { lastGood: { value: copy.value, savedAt: copy.modifiedAt } } : {}
  }

  private renameDamaged(): string | undefined {
    const folder = dirname(this.spec.file)
    try {
      const keptAs = freeName(folder, `${basename(this.spec.file)}.damaged-${stamp()}`)
      renameSync(this.spec.file, join(folder, keptAs))
      return keptAs
    } catch {
      return undefined
    }
  }
}
