import { dirname } from 'node:path'
import { FleetError } from '@shared/ipc/result'

const known: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['The disk is full', 'Free some space on it, then try again. Nothing was changed'],
  EDQUOT: ['Your quota on this disk is used up', 'Free some space, then try again. Nothing was changed'],
  EROFS: ['The disk is read-only', 'Make it writable or choose another folder, then try again'],
  EACCES: [
    'This account may not write there',
    'Change the permissions of the folder or choose another one, then try again',
  ],
  EPERM: [
    'This account may not write there',
    'Change the permissions of the folder or choose another one, then try again',
  ],
  ENOENT: [
    'The folder does not exist any more',
    'Connect the drive or share again or choose another folder, then try again',
  ],
  ENOTDIR: ['This is not a folder', 'Move the file that stands in its place or choose another folder, then try again'],
  EISDIR: ['A folder stands where the file belongs', 'Move the folder away, then try again'],
  EBUSY: ['Another program is using the file', 'Close the program that uses it, then try again'],
  EIO: ['The disk reported a fault', 'Check the disk or the connection to the share, then try again'],
  EFBIG: ['The file is too large for this disk', 'Choose a folder on another disk, then try again'],
}

export const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** A file system fault in words for a person: what, in which folder, what to do. A `FleetError` passes as it is. */
export function diskError(error: unknown, file: string, doing = 'saved'): FleetError {
  if (error instanceof FleetError) return error
  const code = errnoOf(error)
  const [what, hint] = known[code] ?? ['The file system refused', 'Check the folder, then try again']
  const reason = known[code] === undefined && code !== '' ? `${what} (${code})` : what
  return new FleetError(
    { code: 'disk', message: `The file could not be ${doing} in ${dirname(file)}. ${reason}.`, hint: `${hint}.` },
    { cause: error },
  )
}
