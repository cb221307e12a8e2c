import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { kilobytesText, megabytesText } from '@shared/format/bytes'
import { mebibyte } from '@shared/limits/limit'

/** A pipe would be waited for without end. Windows has no such flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Makes the error for a file that is not read; `why` completes the sentence "the file …". Only a file has a size. */
type Refuse = (why: string, size?: number) => Error

/** Devices have no size and no end. */
function check(isFile: boolean, size: number, maxBytes: number, refuse: Refuse): void {
  if (!isFile) throw refuse('is not a file')
  if (size > maxBytes) throw refuse(`has ${sizeText(size)}, and the limit is ${sizeText(maxBytes)}`, size)
}

/** Rounded up, so that a file over a limit never has the limit's size. */
const sizeText = (bytes: number): string =>
  bytes < mebibyte ? kilobytesText(bytes + 512) : megabytesText(Math.ceil((bytes / mebibyte) * 10) * (mebibyte / 10), 1)

/**
 * Opens a regular file of up to `maxBytes` for reading. Throws what `refuse` makes, or the error of the file system. Must
 * be closed.
 */
export async function openRegular(path: string, maxBytes: number, refuse: Refuse): Promise<FileHandle> {
  const handle = await open(path, flags)
  try {
    const stats = await handle.stat()
    check(stats.isFile(), stats.size, maxBytes, refuse)
    return handle
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** The bytes of a regular file up to `maxBytes`. Throws like `openRegular`. */
export async function readRegular(path: string, maxBytes: number, refuse: Refuse): Promise<Buffer> {
  const handle = await openRegular(path, maxBytes, refuse)
  try {
    const bytes = await handle.readFile()
    // It may have grown meanwhile.
    check(true, bytes.length, maxBytes, refuse)
    return bytes
  } finally {
    await handle.close()
  }
}

/** The same before the app has started. Also returns when the file was changed. */
export function readRegularSync(
  path: string,
  maxBytes: number,
  refuse: Refuse,
): { readonly bytes: Buffer; readonly mtime: Date } {
  const descriptor = openSync(path, flags)
  try {
    const stats = fstatSync(descriptor)
    check(stats.isFile(), stats.size, maxBytes, refuse)
    return { bytes: readFileSync(descriptor), mtime: stats.mtime }
  } finally {
    closeSync(descriptor)
  }
}
