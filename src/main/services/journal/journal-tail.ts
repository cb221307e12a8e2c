import { hash } from 'node:crypto'
import { readdir, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { journalLineSchema } from '@shared/domain/journal'
import { FleetError, type AppError } from '@shared/ipc/result'
import { recordsLimits } from '@shared/limits/stored'
import { errnoOf } from '../../storage/disk-error'
import { openRegular } from '../../storage/regular-file'

/** The last complete entry, which the next one continues. */
export interface Tail {
  readonly seq: number
  /** SHA-256 of its line, in hex; empty if there is none. */
  readonly hash: string
}

export const emptyTail: Tail = { seq: 0, hash: '' }

export const hashOf = (line: Buffer): string => hash('sha256', line)

const monthlyFile = /^\d{4}-\d{2}\.jsonl$/
const newline = 0x0a
/** An entry with all fields of the largest record is much shorter. */
export const lineMax = recordsLimits.lineBytes

/** The journal's files, oldest first; none if the folder does not exist. */
export async function journalFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => monthlyFile.test(name))
    .sort()
    .map((name) => join(folder, name))
}

/** Its size grows without end; only its lines are limited. Throws FleetError `journal` if it is not a file. */
export const openJournalFile = (path: string): Promise<FileHandle> =>
  openRegular(path, Infinity, () => new FleetError(damagedFile(basename(path))))

/** The end of a file: its last complete line, and the rest behind it after a crash. */
export interface FileEnd {
  readonly lastLine: Buffer | undefined
  readonly incomplete: Buffer
  /** Bytes up to and including the last newline. */
  readonly completeBytes: number
}

/** Reads the last line of a file, and not more than necessary. */
export async function endOf(path: string): Promise<FileEnd> {
  const file = await openJournalFile(path)
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 2 * lineMax)
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length })
    const lastNewline = buffer.lastIndexOf(newline)
    const incomplete = buffer.subarray(lastNewline + 1)
    if (lastNewline < 0 && size > length) throw new FleetError(damagedFile(basename(path)))
    const start = lastNewline <= 0 ? -1 : buffer.lastIndexOf(newline, lastNewline - 1)
    const lastLine = lastNewline < 0 ? undefined : buffer.subarray(start + 1, lastNewline)
    return { lastLine, incomplete, completeBytes: size - incomplete.length }
  } finally {
    await file.close()
  }
}

/** The error for a last line that cannot be continued. */
export const damagedFile = (name: string): AppError => ({
  code: 'journal',
  message: `The last line of ${name} in the journal is damaged. Nothing was sent.`,
  hint: 'Restore the file, or move it out of the journal folder of the profile, then start again.',
})

/** The number of an entry; undefined if the line is invalid. */
export function seqOf(line: Buffer): number | undefined {
  try {
    const parsed = journalLineSchema.safeParse(JSON.parse(line.toString('utf8')))
    return parsed.success ? parsed.data.seq : undefined
  } catch {
    return undefined
  }
}
