import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { diskError, errnoOf } from './disk-error'

const suffix = '.fleet-tmp'

/** A name in the same folder, as a rename is atomic only within one file system; it tells whose it is. */
const temporaryFor = (file: string): string =>
  join(dirname(file), `.${basename(file)}.${process.pid}-${crypto.randomUUID().slice(-12)}${suffix}`)

const ownerOf = (name: string): number => Number(/\.(\d+)-[0-9a-f]{12}\.fleet-tmp$/.exec(name)?.[1])

/** Temporary files of this process that are being written. */
const underWay = new Set<string>()

/** Another account's app, or a second profile's, may be writing into the same library. */
function isInUse(folder: string, name: string): boolean {
  const owner = ownerOf(name)
  if (Number.isNaN(owner)) return false
  if (owner === process.pid) return underWay.has(join(folder, name))
  try {
    return process.kill(owner, 0)
  } catch (error) {
    // There is such a process, and it belongs to somebody else.
    return errnoOf(error) === 'EPERM'
  }
}

/** A rename is on the disk for good only when its folder is; Windows cannot open a folder and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } catch {
    // Some network file systems refuse to sync a folder: the file itself is synced already.
  } finally {
    await handle?.close()
  }
}

/** A file that is being written under a temporary name: `commit` gives it its final name, `discard` leaves nothing behind. */
export interface AtomicFile {
  readonly handle: FileHandle
  readonly temporary: string
  commit(): Promise<void>
  discard(): Promise<void>
}

/**
 * Begins a file that appears under its final name whole or not at all. `mode` is that of a new file.
 * Errors: FleetError `disk` naming the folder. After a failed `commit` nothing is left behind.
 */
export async function openAtomic(file: string, mode = 0o666): Promise<AtomicFile> {
  const temporary = temporaryFor(file)
  const handle = await open(temporary, 'wx', mode).catch((error: unknown) => Promise.reject(diskError(error, file)))
  underWay.add(temporary)
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined)
    await rm(temporary, { force: true }).catch(() => undefined)
    underWay.delete(temporary)
  }
  const commit = async (): Promise<void> => {
    try {
      await handle.sync()
      await handle.close()
      await rename(temporary, file)
      underWay.delete(temporary)
    } catch (error) {
      await discard()
      throw diskError(error, file)
    }
    await syncFolder(dirname(file))
  }
  return { handle, temporary, commit, discard }
}

/** Replaces a small file: its reader finds the old bytes or the new ones. Errors: FleetError `disk`. */
export async function writeAtomic(file: string, data: string | Uint8Array, mode?: number): Promise<void> {
  const target = await openAtomic(file, mode)
  try {
    await target.handle.writeFile(data)
  } catch (error) {
    await target.discard()
    throw diskError(error, file)
  }
  await target.commit()
}

/** The same at once, for what is written while the app goes down. */
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
      // The folder itself is gone, and the temporary file with it.
    }
    throw diskError(error, file)
  }
}

/**
 * Removes temporary files that a killed process left in a folder: of one file, or of all. What a program that still runs is
 * writing stays. A folder that cannot be read has none.
 */
export function removeTemporaries(folder: string, ofFile?: string): void {
  const prefix = ofFile === undefined ? '.' : `.${ofFile}.`
  try {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(prefix) && name.endsWith(suffix) && !isInUse(folder, name))
        rmSync(join(folder, name), { force: true })
    }
  } catch {
    // Read-only or gone: whoever writes there is told.
  }
}
