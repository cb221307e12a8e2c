import { dirname } from 'node:path'
import { FleetError } from '@shared/ipc/result'

const messages: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ['The disk is full', 'Free some space, then retry. Nothing was changed'],
  EDQUOT: ['Disk quota exceeded', 'Free some space, then retry. Nothing was changed'],
  EROFS: ['The disk is read-only', 'Make it writable or choose another folder, then retry'],
  EACCES: ['No write permission', 'Change the permissions of the folder or choose another folder, then retry'],
  EPERM: ['No write permission', 'Change the permissions of the folder or choose another folder, then retry'],
  ENOENT: ['The folder no longer exists', 'Connect the drive or share again or choose another folder, then retry'],
  ENOTDIR: ['This is not a folder', 'Move the file with this name or choose another folder, then retry'],
  EISDIR: ['A folder has the name of the file', 'Move or rename the folder, then retry'],
  EBUSY: ['Another program is using the file', 'Close that program, then retry'],
  EIO: ['Disk error', 'Check the disk or the connection to the share, then retry'],
  EFBIG: ['The file is too large for this disk', 'Choose a folder on another disk, then retry'],
}

export const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** A file system error with its cause, the folder and a hint. Returns a `FleetError` unchanged. */
export function diskError(error: unknown, file: string, action = 'saved'): FleetError {
  if (error instanceof FleetError) return error
  const code = errnoOf(error)
  const [what, hint] = messages[code] ?? ['File system error', 'Check the folder, then retry']
  const reason = messages[code] === undefined && code !== '' ? `${what} (${code})` : what
  return new FleetError(
    { code: 'disk', message: `The file could not be ${action} in ${dirname(file)}. ${reason}.`, hint: `${hint}.` },
    { cause: error },
  )
}
