import { existsSync, renameSync } from 'node:fs'
import { copyFile, link, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { FleetError } from '@shared/ipc/result'
import { diskError, errnoOf } from './disk-error'
import { readJson, type JsonReading, type JsonShape } from './read-json'
import { removeTemporaries, writeAtomic } from './write-atomic'

export interface JsonStoreSpec<T> extends Pick<JsonShape<T>, 'schema' | 'version'> {
  readonly file: string
  /** What holds while there is no file yet. */
  readonly empty: T
  readonly maxBytes?: number
}

/**
 * Why the file could not be taken as it was. `keptAs` is the name, in the same folder, under which a damaged one stands now. `lastGood` is
 * the copy from before the last save, `savedAt` in RFC 3339.
 */
export interface StoreProblem<T> {
  readonly kind: 'damaged' | 'newer-version' | 'unreadable'
  readonly message: string
  readonly keptAs?: string
  readonly lastGood?: { readonly value: T; readonly savedAt: string }
}

const defaultMaxBytes = 50 * 1024 * 1024

/** As a name of a file on every system: no colons. */
const stamp = (): string => new Date().toISOString().replaceAll(':', '-').replace(/\..*$/, '')

function freeName(folder: string, name: string): string {
  let candidate = name
  for (let n = 2; existsSync(join(folder, candidate)); n++) candidate = `${name}-${n}`
  return candidate
}

/** A second name costs nothing; where the file system has no links, the file is copied. */
const secondName = (file: string, name: string): Promise<void> =>
  link(file, name).catch((error: unknown) =>
    errnoOf(error) === 'ENOENT' ? Promise.reject(error) : copyFile(file, name),
  )

/**
 * One versioned JSON file: zod on the way in and out, saved whole or not at all, the state before each save kept as `<file>.bak`. A damaged
 * file is set aside; one of a newer version, or that cannot be read, is left alone and nothing is saved over it. Read when it is made.
 * Errors: FleetError `disk` where a save fails, `read-only` where it must not be tried.
 */
export class JsonStore<T> {
  private readonly shape: JsonShape<T>
  private readonly backup: string
  private current: T
  private trouble: StoreProblem<T> | undefined
  private locked = false
  private precious = false
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly spec: JsonStoreSpec<T>) {
    this.shape = { schema: spec.schema, version: spec.version, maxBytes: spec.maxBytes ?? defaultMaxBytes }
    this.backup = `${spec.file}.bak`
    removeTemporaries(dirname(spec.file), basename(spec.file))
    const found = readJson(spec.file, this.shape)
    this.current = found.kind === 'good' ? found.value : spec.empty
    if (found.kind !== 'good') this.trouble = this.examine(found)
  }

  get value(): T {
    return this.current
  }

  get problem(): StoreProblem<T> | undefined {
    return this.trouble
  }

  /** Changes the value after all earlier changes; it holds once it is on the disk. What `change` throws changes nothing. */
  update(change: (value: T) => T): Promise<T> {
    return this.enqueue(async () => {
      const next = change(this.current)
      if (next === this.current) return next
      await this.write(next)
      return this.accept(next)
    })
  }

  /** Takes the last good copy back; `merge` may keep what was added since. Errors: FleetError `not-found` where there is none. */
  restore(merge: (lastGood: T, now: T) => T): Promise<T> {
    return this.enqueue(async () => {
      const lastGood = this.trouble?.lastGood
      if (lastGood === undefined) throw new FleetError({ code: 'not-found', message: 'There is no backup to restore' })
      const next = merge(lastGood.value, this.current)
      await this.write(next)
      this.trouble = undefined
      return this.accept(next)
    })
  }

  /** Resolves when everything that was asked to be saved was tried. */
  settled(): Promise<void> {
    return this.queue.then(() => undefined)
  }

  private enqueue<R>(task: () => Promise<R>): Promise<R> {
    const done = this.queue.then(task)
    this.queue = done.catch(() => undefined)
    return done
  }

  private accept(next: T): T {
    this.current = next
    return next
  }

  private async write(next: T): Promise<void> {
    const name = basename(this.spec.file)
    if (this.locked) {
      const message = `${name} is not changed: ${this.trouble?.message ?? ''}`
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
    await this.keepBackup()
    // Names of customers, addresses and users: for this account's eyes only.
    await writeAtomic(this.spec.file, text, 0o600)
  }

  private async keepBackup(): Promise<void> {
    const name = basename(this.spec.file)
    const folder = dirname(this.spec.file)
    try {
      if (this.precious) {
        // The copy is the only good state there is: it gets a name that no later copy takes.
        await secondName(this.backup, join(folder, freeName(folder, `${name}.last-good-${stamp()}`)))
        this.precious = false
      }
      const temporary = join(folder, `.${name}.backup.fleet-tmp`)
      await rm(temporary, { force: true })
      await secondName(this.spec.file, temporary)
      await rename(temporary, this.backup)
    } catch (error) {
      // Nothing was saved yet, so there is nothing to copy.
      if (errnoOf(error) !== 'ENOENT' || existsSync(this.spec.file)) throw diskError(error, this.spec.file)
    }
  }

  private examine(found: Exclude<JsonReading<T>, { kind: 'good' }>): StoreProblem<T> | undefined {
    const name = basename(this.spec.file)
    if (found.kind === 'missing') {
      const offer = this.offer()
      return offer.lastGood && { kind: 'damaged', message: `${name} is missing`, ...offer }
    }
    const message = `${name} ${found.why}`
    const keptAs = found.kind === 'damaged' ? this.setAside() : undefined
    if (keptAs !== undefined) {
      return { kind: 'damaged', message: `${message}; it was saved as ${keptAs}`, keptAs, ...this.offer() }
    }
    // It stands where it stood: a save would destroy it.
    this.locked = true
    return { kind: found.kind, message }
  }

  private offer(): Pick<StoreProblem<T>, 'lastGood'> {
    const copy = readJson(this.backup, this.shape)
    this.precious = copy.kind === 'good'
    return copy.kind === 'good' ? { lastGood: { value: copy.value, savedAt: copy.modifiedAt } } : {}
  }

  private setAside(): string | undefined {
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
