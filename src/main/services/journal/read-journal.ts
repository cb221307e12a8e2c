import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { journalLineSchema, type JournalLine } from '@shared/domain/journal'
import { hashOf, journalFiles, lineMax, noEntries, type Tail } from './journal-tail'

const newline = 0x0a

/** A line of the journal; without `entry` its text is none. */
export interface ReadLine {
  readonly file: string
  readonly bytes: Buffer
  readonly entry?: JournalLine
}

/** The lines of a file, those of each piece that is read together. */
async function* linesOf(path: string): AsyncIterable<readonly Buffer[]> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
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

async function* readPieces(folder: string): AsyncIterable<readonly ReadLine[]> {
  for (const path of await journalFiles(folder)) {
    const file = basename(path)
    for await (const lines of linesOf(path))
      yield lines.map((bytes) => {
        const entry = entryOf(bytes)
        return entry === undefined ? { file, bytes } : { file, bytes, entry }
      })
  }
}

/** Every whole line of the journal, oldest first. What stands behind the last newline of a file is left out. */
export async function* readJournal(folder: string): AsyncIterable<ReadLine> {
  for await (const lines of readPieces(folder)) yield* lines
}

/** How far the chain is intact. `broken` names the first entry that is not what it was. */
export interface Verification {
  readonly verified: number
  readonly broken?: { readonly seq: number; readonly file: string }
}

const brokenAt = (seq: number, file: string): Verification => ({ verified: seq - 1, broken: { seq, file } })

/** Follows the chain of hashes from the first entry; an entry that was changed, removed or put in breaks it. `anchor` is one that is known from elsewhere. */
export async function verifyJournal(folder: string, anchor?: Tail): Promise<Verification> {
  let tail = noEntries
  for await (const lines of readPieces(folder))
    for (const { file, bytes, entry } of lines) {
      const seq = tail.seq + 1
      if (entry === undefined || entry.seq !== seq) return brokenAt(seq, file)
      // The hash tells of the line before: that one is not what it was.
      if (entry.prev !== tail.hash) return brokenAt(Math.max(1, tail.seq), file)
      tail = { seq, hash: hashOf(bytes) }
      if (anchor?.seq === seq && anchor.hash !== tail.hash) return brokenAt(seq, file)
    }
  return { verified: tail.seq }
}
