import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { journalLineSchema, type JournalLine } from '@shared/domain/journal'
import { hashOf, journalFiles, lineMax, type Tail } from './journal-tail'

const newline = 0x0a

/** A line of the journal; without `entry` its text is none. */
export interface ReadLine {
  readonly file: string
  readonly bytes: Buffer
  readonly entry?: JournalLine
}

async function* linesOf(path: string): AsyncIterable<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
    let start = 0
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, start)) {
      yield rest.subarray(start, end)
      start = end + 1
    }
    rest = rest.subarray(start)
    if (rest.length > lineMax) yield rest
    if (rest.length > lineMax) rest = Buffer.alloc(0)
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

/** Every whole line of the journal, oldest first. What stands behind the last newline of a file is left out. */
export async function* readJournal(folder: string): AsyncIterable<ReadLine> {
  for (const path of await journalFiles(folder))
    for await (const bytes of linesOf(path)) {
      const entry = entryOf(bytes)
      yield { file: basename(path), bytes, ...(entry && { entry }) }
    }
}

/** How far the chain is intact. `broken` names the first entry that is not what it was. */
export interface Verification {
  readonly verified: number
  readonly broken?: { readonly seq: number; readonly file: string }
}

/** Follows the chain of hashes from the first entry; an entry that was changed, removed or put in breaks it. `anchor` is one that is known from elsewhere. */
export async function verifyJournal(folder: string, anchor?: Tail): Promise<Verification> {
  let tail: Tail = { seq: 0, hash: '' }
  for await (const { file, bytes, entry } of readJournal(folder)) {
    const seq = tail.seq + 1
    const broken = { verified: tail.seq, broken: { seq, file } }
    if (entry === undefined || entry.seq !== seq) return broken
    // The hash tells of the line before: that one is not what it was.
    if (entry.prev !== tail.hash)
      return { verified: Math.max(0, tail.seq - 1), broken: { seq: Math.max(1, tail.seq), file } }
    tail = { seq, hash: hashOf(bytes) }
    if (anchor?.seq === seq && anchor.hash !== tail.hash) return broken
  }
  return { verified: tail.seq }
}
