import { basename } from 'node:path'
import { journalLineSchema, type JournalLine } from '@shared/domain/journal'
import { FleetError } from '@shared/ipc/result'
import { hashOf, journalFiles, lineMax, emptyTail, openJournalFile, type Tail } from './journal-tail'

const newline = 0x0a

/** A line of the journal; `entry` is undefined if the line is invalid. */
export interface ReadLine {
  readonly file: string
  readonly bytes: Buffer
  readonly entry?: JournalLine
}

/** The lines of a file, in groups as they are read. */
async function* linesOf(path: string): AsyncIterable<readonly Buffer[]> {
  let rest: Buffer = Buffer.alloc(0)
  const handle = await openJournalFile(path).catch((error: unknown) => {
    if (error instanceof FleetError) return undefined
    throw error
  })
  // Something else than a file has its name: that counts as a damaged line.
  if (handle === undefined) return yield [Buffer.alloc(0)]
  for await (const chunk of handle.createReadStream()) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
    const lines: Buffer[] = []
    let start = 0
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, start)) {
      lines.push(rest.subarray(start, end))
      start = end + 1
    }
    rest = rest.subarray(start)
    if (rest.length > lineMax) {
      lines.push(rest)
      rest = Buffer.alloc(0)
    }
    yield lines
  }
}

function entryOf(bytes: Buffer): JournalLine | undefined {
  try {
    const parsed = journalLineSchema.safeParse(JSON.parse(bytes.toString('utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

async function* readGroups(folder: string): AsyncIterable<readonly ReadLine[]> {
  for (const path of await journalFiles(folder)) {
    const file = basename(path)
    for await (const lines of linesOf(path))
      yield lines.map((bytes) => {
        const entry = entryOf(bytes)
        return entry === undefined ? { file, bytes } : { file, bytes, entry }
      })
  }
}

/** Every complete line of the journal, oldest first. Anything behind the last newline of a file is left out. */
export async function* readJournal(folder: string): AsyncIterable<ReadLine> {
  for await (const lines of readGroups(folder)) yield* lines
}

/** How far the chain is intact. `broken` is the first entry that was modified. */
export interface Verification {
  readonly verified: number
  readonly broken?: { readonly seq: number; readonly file: string }
}

const brokenAt = (seq: number, file: string): Verification => ({ verified: seq - 1, broken: { seq, file } })

/**
 * Verifies the chain of hashes from the first entry; an entry that was changed, removed or inserted breaks it. `anchor`
 * is an entry that is known from elsewhere.
 */
export async function verifyJournal(folder: string, anchor?: Tail): Promise<Verification> {
  let tail = emptyTail
  for await (const lines of readGroups(folder))
    for (const { file, bytes, entry } of lines) {
      const seq = tail.seq + 1
      if (entry === undefined || entry.seq !== seq) return brokenAt(seq, file)
      // The hash is that of the previous line, so the previous entry was modified.
      if (entry.prev !== tail.hash) return brokenAt(Math.max(1, tail.seq), file)
      tail = { seq, hash: hashOf(bytes) }
      if (anchor?.seq === seq && anchor.hash !== tail.hash) return brokenAt(seq, file)
    }
  return { verified: tail.seq }
}
