import { hash } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { journalLineSchema } from '@shared/domain/journal'
import { FleetError, type AppError } from '@shared/ipc/result'
import { errnoOf } from '../../storage/disk-error'

/** The last entry that is whole: what the next one continues. */
export interface Tail {
  readonly seq: number
  /** SHA-256 of its line, in hex; empty while there is none. */
  readonly hash: string
}

export const noEntries: Tail = { seq: 0, hash: '' }

export const hashOf = (line: Buffer): string => hash('sha256', line)

const monthly = /^\d{4}-\d{2}\.jsonl$/
const newline = 0x0a
/** The longest line that is read: an entry with all fields of the largest record stays far below. */
export const lineMax = 8 * 1024 * 1024

/** The journal's files, oldest first; none where the folder does not exist yet. */
export async function journalFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => monthly.test(name))
    .sort()
    .map((name) => join(folder, name))
}

/** The end of a file: its last whole line, and what stands behind it, which a crash left. */
export interface FileEnd {
  readonly lastLine: Buffer | undefined
  readonly torn: Buffer
  /** Bytes up to and with the last newline. */
  readonly whole: number
}

/** Reads the last line of a file, and no more of it than needed. */
export async function endOf(path: string): Promise<FileEnd> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 2 * lineMax)
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length })
    const lastNewline = buffer.lastIndexOf(newline)
    const torn = buffer.subarray(lastNewline + 1)
    if (lastNewline < 0 && size > length) throw new FleetError(damaged(basename(path)))
    const start = lastNewline <= 0 ? -1 : buffer.lastIndexOf(newline, lastNewline - 1)
    const lastLine = lastNewline < 0 ? undefined : buffer.subarray(start + 1, lastNewline)
    return { lastLine, torn, whole: size - torn.length }
  } finally {
    await file.close()
  }
}

/** A line that nothing can continue. */
export const damaged = (name: string): AppError => ({
  code: 'journal',
  message: `The last line of ${name} in the journal is damaged. Nothing was sent.`,
  hint: 'Restore the file, or move it out of the journal folder of the profile, then start again.',
})

/** The number of an entry, where its line is one. */
export function seqOf(line: Buffer): number | undefined {
  try {
    const parsed = journalLineSchema.safeParse(JSON.parse(line.toString('utf8')))
    return parsed.success ? parsed.data.seq : undefined
  } catch {
    return undefined
  }
}
