import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { diskError, errnoOf } from './disk-error'

const suffix = '.fleet-tmp'

/**
 * In the same folder, because a rename is atomic only within one file system. The name contains the process ID of its
 * owner.
 */
const temporaryFor = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${crypto.randomUUID().slice(-12)}${suffix}`)

const ownerOf = (name: string): number => Number(/\.(\d+)-[0-9a-f]{12}\.fleet-tmp$/.exec(name)?.[1])

/** Temporary files of this process that are being written. */
const activeTemporaries = new Set<string>()

/** True if another process, such as a second profile's app, may be writing the file. */
function isInUse(folder: string, name: string): boolean {
  const owner = ownerOf(name)
  if (Number.isNaN(owner)) return false
  if (owner === process.pid) return activeTemporaries.has(join(folder, name))
  try {
    return process.kill(owner, 0)
  } catch (error) {
    // The process exists, but belongs to another account.
    return errnoOf(error) === 'EPERM'
  }
}

/** A rename is durable only after its folder is synced. Windows cannot open a folder and does not require it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } catch {
    // Some network file systems cannot sync a folder; the file itself is already synced.
  } finally {
    await handle?.close()
  }
}

/** A file written under a temporary name: `commit` renames it, `discard` deletes it. */
export interface AtomicFile {
  readonly handle: FileHandle
  readonly temporary: string
  /** If its folder is not synced here, `syncFolder` must be called before the file is relied on. */
  commit(syncsFolder?: boolean): Promise<void>
  discard(): Promise<void>
}

/**
 * Begins a file that appears under its final name completely or not at all. `mode` applies to a new file.
 * Errors: FleetError `disk` with the folder. A failed `commit` leaves nothing behind.
 */
export async function openAtomic(file: string, mode = 0o666): Promise<AtomicFile> {
  const temporary = temporaryFor(file)
  const handle = await open(temporary, 'wx', mode).catch((error: unknown) => Promise.reject(diskError(error, file)))
  activeTemporaries.add(temporary)
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined)
    await rm(temporary, { force: true }).catch(() => undefined)
    activeTemporaries.delete(temporary)
  }
  const commit = async (syncsFolder = true): Promise<void> => {
    try {
      await handle.sync()
      await handle.close()
      await rename(temporary, file)
      activeTemporaries.delete(temporary)
    } catch (error) {
      await discard()
      throw diskError(error, file)
    }
    if (syncsFolder) await syncFolder(dirname(file))
  }
  return { handle, temporary, commit, discard }
}

/** Replaces a small file: readers get the old or the new content. Errors: FleetError `disk`. */
export async function writeAtomic(
  file: string,
  data: string | Uint8Array,
  mode?: number,
  syncsFolder?: boolean,
): Promise<void> {
  const target = await openAtomic(file, mode)
  try {
    await target.handle.writeFile(data)
  } catch (error) {
    await target.discard()
    throw diskError(error, file)
  }
  await target.commit(syncsFolder)
}

/** The synchronous form, for writes during exit. */
export function writeAtomicSync(file: string, data: string): void {
  const temporary = temporaryFor(file)
  try {
    const descriptor = openSync(temporary, 'wx', 0o600)
    try {
      writeFileSync(descriptor, data)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
  } catch (error) {
    try {
      rmSync(temporary, { force: true })
    } catch {
      // The folder and the temporary file no longer exist.
    }
    throw diskError(error, file)
  }
}

/**
 * Removes temporary files that a killed process left in a folder, of one file or of all. Files of running programs
 * remain. An unreadable folder is ignored.
 */
export function removeTemporaries(folder: string, ofFile?: string): void {
  const prefix = ofFile === undefined ? '.' : `.${ofFile}.`
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(prefix) && name.endsWith(suffix) && !isInUse(folder, name))
        rmSync(join(folder, name), { force: true })
    }
  } catch {
    // Read-only or missing folder: a later write reports that.
  }
}
