import { mkdir, truncate, writeFile, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { JournalLine, JournalRecord } from '@shared/domain/journal'
import { FleetError } from '@shared/ipc/result'
import { diskError } from '../../storage/disk-error'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { Listeners } from '../listeners'
import { realDisk, type JournalDisk } from './journal-disk'
import { damaged, endOf, hashOf, journalFiles, lineMax, noEntries, seqOf, type Tail } from './journal-tail'

/** Where the last line of an earlier run was; kept outside of the profile, so that a journal that lost its end is noticed. */
export interface Anchor {
  read(): Promise<Tail | undefined>
  write(tail: Tail): Promise<void>
}

export interface JournalDeps {
  readonly folder: string
  readonly now?: () => number
  readonly disk?: JournalDisk
  readonly anchor?: Anchor
  readonly timing?: Timing
}

/** What was found when the journal was opened. `torn` names the file that the remains of an unfinished line were moved to. */
export interface JournalState {
  readonly tail: Tail
  readonly torn?: string
  /** The journal ends before this entry, or has another one in its place: it was restored, moved, or changed. */
  readonly missing?: Tail
}

interface Waiting {
  readonly record: JournalRecord
  readonly resolve: (line: JournalLine) => void
  readonly reject: (error: unknown) => void
}

const notContinued = (): FleetError =>
  new FleetError({
    code: 'journal',
    message: 'Entries are missing at the end of the journal. Nothing was sent.',
    hint: 'The profile may have been restored or moved. Check the Journal page, then continue there.',
  })

const tooLarge = (): FleetError =>
  new FleetError({ code: 'rejected', message: 'The change is too large for the journal. Nothing was sent.' })

/** The end is kept at most so often, in milliseconds: the keychain is slow. */
const anchorEvery = 30_000

/** What a line has beside its record, in bytes at the most. */
const lineOverhead = 1024

/**
 * The append-only journal: JSON lines, one file for each month, each line with the hash of the one before. Entries that are appended at the same time
 * share one write and one fsync. Opened with the first use. Errors: FleetError `disk`, `journal`.
 */
export class Journal {
  /** Called with the lines that came onto the disk together. */
  readonly appended = new Listeners<[lines: readonly JournalLine[]]>()
  private waiting: Waiting[] = []
  private working: Promise<void> | undefined
  private opened: Promise<JournalState> | undefined
  private tail: Tail = noEntries
  private lost: Tail | undefined
  private file: { readonly path: string; readonly handle: FileHandle; size: number } | undefined
  /** Of the newest file: a clock that is put back must not bring an entry into an older one. */
  private month = ''
  private anchoring: (() => void) | undefined

  constructor(private readonly deps: JournalDeps) {}

  /** Opens the journal, which repairs an unfinished last line. */
  open(): Promise<JournalState> {
    this.opened ??= this.start().catch((error: unknown) => {
      this.opened = undefined
      throw error
    })
    return this.opened
  }

  /** Resolves with the line once it is on the disk for good. */
  async append(record: JournalRecord): Promise<JournalLine> {
    await this.open()
    if (this.lost !== undefined && record.kind !== 'continued') throw notContinued()
    if (Buffer.byteLength(JSON.stringify(record)) > lineMax - lineOverhead) throw tooLarge()
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject })
      this.working ??= this.work().finally(() => (this.working = undefined))
    })
  }

  /** A person confirmed that the journal goes on from where it ends now. */
  async continueFromHere(user: string): Promise<JournalLine | undefined> {
    await this.open()
    if (this.lost === undefined) return undefined
    const line = await this.append({ kind: 'continued', expected: this.lost.seq, user })
    this.lost = undefined
    return line
  }

  /** Where the journal ended before, if it does not any more. */
  get missing(): Tail | undefined {
    return this.lost
  }

  /** The number and hash of the last line, for the anchor. */
  get end(): Tail {
    return this.tail
  }

  /** Resolves when everything that was appended was tried; closes the file. */
  async close(): Promise<void> {
    await this.working
    this.anchoring?.()
    await this.keepAnchor()
    await this.file?.handle.close()
    this.file = undefined
  }

  /** A killed app leaves the anchor of up to so long before: entries after it are not missed if they are cut off. */
  private anchorLater(): void {
    const { after } = this.deps.timing ?? realTiming
    this.anchoring ??= after(anchorEvery, () => {
      this.anchoring = undefined
      void this.keepAnchor()
    })
  }

  private async keepAnchor(): Promise<void> {
    if (this.opened === undefined || this.lost !== undefined || this.tail.seq === 0) return
    await this.deps.anchor?.write(this.tail).catch(() => undefined)
  }

  private get disk(): JournalDisk {
    return this.deps.disk ?? realDisk
  }

  private async start(): Promise<JournalState> {
    const { folder } = this.deps
    try {
      await mkdir(folder, { recursive: true })
      this.tail = noEntries
      const files = [...(await journalFiles(folder))].reverse()
      this.month = files[0] === undefined ? '' : basename(files[0], '.jsonl')
      let torn: string | undefined
      for (const path of files) {
        torn = (await this.continueFile(path)) ?? torn
        if (this.tail.seq > 0) break
      }
      const expected = await this.deps.anchor?.read().catch(() => undefined)
      const { tail } = this
      const isMissing =
        expected !== undefined &&
        (expected.seq > tail.seq || (expected.seq === tail.seq && expected.hash !== tail.hash))
      if (isMissing) this.lost = expected
      return { tail, ...(torn !== undefined && { torn }), ...(isMissing && { missing: expected }) }
    } catch (error) {
      throw diskError(error, join(folder, 'journal'))
    }
  }

  /** Takes the last line of a file for the end of the journal; the remains of an unfinished line are set aside. Gives the name of the file that they are in now. */
  private async continueFile(path: string): Promise<string | undefined> {
    const { lastLine, torn, whole } = await endOf(path)
    let aside: string | undefined
    if (torn.length > 0) {
      aside = `${basename(path, '.jsonl')}.torn-${new Date(this.now()).toISOString().replaceAll(':', '-')}`
      await writeFile(join(this.deps.folder, aside), torn, { mode: 0o600, flush: true })
      await truncate(path, whole)
    }
    if (lastLine === undefined) return aside
    const seq = seqOf(lastLine)
    if (seq === undefined) throw new FleetError(damaged(basename(path)))
    this.tail = { seq, hash: hashOf(lastLine) }
    return aside
  }

  /** Writes all that waits, again and again, until nothing does. */
  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting
      this.waiting = []
      try {
        const lines = await this.write(batch)
        for (const [line, { resolve }] of zip(lines, batch)) resolve(line)
        void this.appended.tell(lines)
        this.anchorLater()
      } catch (error) {
        const failure = diskError(error, join(this.deps.folder, 'journal'))
        for (const { reject } of batch) reject(failure)
      }
    }
  }

  private async write(batch: readonly Waiting[]): Promise<readonly JournalLine[]> {
    const at = new Date(this.now()).toISOString()
    let tail = this.tail
    const lines: JournalLine[] = []
    const bytes: Buffer[] = []
    for (const { record } of batch) {
      const line: JournalLine = { v: 1, seq: tail.seq + 1, at, prev: tail.hash, ...record }
      const text = Buffer.from(JSON.stringify(line))
      tail = { seq: line.seq, hash: hashOf(text) }
      lines.push(line)
      bytes.push(text, Buffer.from('\n'))
    }
    const month = at.slice(0, 7)
    this.month = month > this.month ? month : this.month
    const file = await this.fileFor(this.month)
    const data = Buffer.concat(bytes)
    try {
      await this.disk.write(file.handle, data)
      await this.disk.sync(file.handle)
    } catch (error) {
      await this.discard(file)
      throw error
    }
    file.size += data.length
    this.tail = tail
    return lines
  }

  /** What was written in part is taken back, so that the next entry continues the last whole one. */
  private async discard({ path, handle, size }: NonNullable<Journal['file']>): Promise<void> {
    this.file = undefined
    await handle.truncate(size).catch(() => undefined)
    await handle.close().catch(() => undefined)
    // Where that did not succeed, opening it again sets the remains aside.
    const whole = await endOf(path).then(
      (end) => end.whole,
      () => undefined,
    )
    if (whole !== size) this.opened = undefined
  }

  private async fileFor(month: string): Promise<NonNullable<Journal['file']>> {
    const path = join(this.deps.folder, `${month}.jsonl`)
    if (this.file?.path === path) return this.file
    await this.file?.handle.close()
    const handle = await this.disk.open(path)
    this.file = { path, handle, size: (await handle.stat()).size }
    return this.file
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}

const zip = (lines: readonly JournalLine[], batch: readonly Waiting[]) =>
  batch.map((waiting, index) => [lines[index] as JournalLine, waiting] as const)
