import { mkdir, truncate, writeFile, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { JournalLine, JournalRecord } from '@shared/domain/journal'
import { FleetError } from '@shared/ipc/result'
import { diskError } from '../../storage/disk-error'
import { realTiming, type Timing } from '../../portsip/token-bucket'
import { Listeners } from '../listeners'
import { realDisk, type JournalDisk } from './journal-disk'
import { damagedFile, endOf, hashOf, journalFiles, lineMax, emptyTail, seqOf, type Tail } from './journal-tail'

/** Stores the end of the journal outside the profile, so that a truncated journal is detected. */
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

/** State after opening. `torn` is the name of the file with the rest of an incomplete line. */
export interface JournalState {
  readonly tail: Tail
  readonly torn?: string
  /** Set if the journal ends before this entry or has another one in its place: it was restored, moved or changed. */
  readonly missing?: Tail
}

interface WaitingRecord {
  readonly record: JournalRecord
  readonly resolve: (line: JournalLine) => void
  readonly reject: (error: unknown) => void
}

const truncatedError = (): FleetError =>
  new FleetError({
    code: 'journal',
    message: 'Entries are missing at the end of the journal. Nothing was sent.',
    hint: 'The profile may have been restored or moved. Check the Journal page, then continue there.',
  })

const tooLarge = (): FleetError =>
  new FleetError({ code: 'rejected', message: 'The change is too large for the journal. Nothing was sent.' })

/** Minimum milliseconds between writes of the anchor, because the keychain is slow. */
const anchorEveryMs = 30_000

/** Maximum bytes of a line besides its record. */
const lineOverhead = 1024

/**
 * The append-only journal: JSON lines in monthly files, each line with the hash of the previous one. Concurrent entries
 * share one write and one fsync. Opened on first use. Errors: FleetError `disk`, `journal`.
 */
export class Journal {
  /** Called with the lines that were written together. */
  readonly appended = new Listeners<[lines: readonly JournalLine[]]>()
  private waiting: WaitingRecord[] = []
  private working: Promise<void> | undefined
  private opened: Promise<JournalState> | undefined
  private tail: Tail = emptyTail
  private missingTail: Tail | undefined
  private file: { readonly path: string; readonly handle: FileHandle; size: number } | undefined
  /** Month of the newest file. If the clock is set back, entries must not go into an older file. */
  private month = ''
  private cancelAnchorTimer: (() => void) | undefined

  constructor(private readonly deps: JournalDeps) {}

  /** Opens the journal and repairs an incomplete last line. */
  open(): Promise<JournalState> {
    this.opened ??= this.start().catch((error: unknown) => {
      this.opened = undefined
      throw error
    })
    return this.opened
  }

  /** Resolves with the line once it is durable on disk. */
  async append(record: JournalRecord): Promise<JournalLine> {
    await this.open()
    if (this.missingTail !== undefined && record.kind !== 'continued') throw truncatedError()
    if (Buffer.byteLength(JSON.stringify(record)) > lineMax - lineOverhead) throw tooLarge()
    return new Promise((resolve, reject) => {
      this.waiting.push({ record, resolve, reject })
      this.working ??= this.work().finally(() => (this.working = undefined))
    })
  }

  /** The user confirmed that the journal continues from its current end. */
  async continueFromHere(user: string): Promise<JournalLine | undefined> {
    await this.open()
    if (this.missingTail === undefined) return undefined
    const line = await this.append({ kind: 'continued', expected: this.missingTail.seq, user })
    this.missingTail = undefined
    return line
  }

  /** The previous end of the journal, if it is missing. */
  get missing(): Tail | undefined {
    return this.missingTail
  }

  /** Number and hash of the last line, for the anchor. */
  get end(): Tail {
    return this.tail
  }

  /** Waits for all pending appends and closes the file. */
  async close(): Promise<void> {
    await this.working
    this.cancelAnchorTimer?.()
    await this.saveAnchor()
    await this.file?.handle.close()
    this.file = undefined
  }

  /** If the app is killed, the anchor may be this old, so later entries can be cut off without detection. */
  private scheduleAnchor(): void {
    const { after } = this.deps.timing ?? realTiming
    this.cancelAnchorTimer ??= after(anchorEveryMs, () => {
      this.cancelAnchorTimer = undefined
      void this.saveAnchor()
    })
  }

  private async saveAnchor(): Promise<void> {
    if (this.opened === undefined || this.missingTail !== undefined || this.tail.seq === 0) return
    await this.deps.anchor?.write(this.tail).catch(() => undefined)
  }

  private get disk(): JournalDisk {
    return this.deps.disk ?? realDisk
  }

  private async start(): Promise<JournalState> {
    const { folder } = this.deps
    try {
      await mkdir(folder, { recursive: true })
      this.tail = emptyTail
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
      if (isMissing) this.missingTail = expected
      return { tail, ...(torn !== undefined && { torn }), ...(isMissing && { missing: expected }) }
    } catch (error) {
      throw diskError(error, join(folder, 'journal'))
    }
  }

  /**
   * Continues after the last line of a file. The rest of an incomplete line is moved to another file, whose name is
   * returned.
   */
  private async continueFile(path: string): Promise<string | undefined> {
    const { lastLine, incomplete, completeBytes } = await endOf(path)
    let incompleteFile: string | undefined
    if (incomplete.length > 0) {
      incompleteFile = `${basename(path, '.jsonl')}.torn-${new Date(this.now()).toISOString().replaceAll(':', '-')}`
      await writeFile(join(this.deps.folder, incompleteFile), incomplete, { mode: 0o600, flush: true })
      await truncate(path, completeBytes)
    }
    if (lastLine === undefined) return incompleteFile
    const seq = seqOf(lastLine)
    if (seq === undefined) throw new FleetError(damagedFile(basename(path)))
    this.tail = { seq, hash: hashOf(lastLine) }
    return incompleteFile
  }

  /** Writes all waiting entries until there are none. */
  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting
      this.waiting = []
      try {
        const lines = await this.write(batch)
        for (const [line, { resolve }] of zip(lines, batch)) resolve(line)
        void this.appended.notify(lines)
        this.scheduleAnchor()
      } catch (error) {
        const failure = diskError(error, join(this.deps.folder, 'journal'))
        for (const { reject } of batch) reject(failure)
      }
    }
  }

  private async write(batch: readonly WaitingRecord[]): Promise<readonly JournalLine[]> {
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

  /** Removes a partly written line, so that the next entry continues the last complete one. */
  private async discard({ path, handle, size }: NonNullable<Journal['file']>): Promise<void> {
    this.file = undefined
    await handle.truncate(size).catch(() => undefined)
    await handle.close().catch(() => undefined)
    // If that failed, opening the journal again moves the rest away.
    const whole = await endOf(path).then(
      (end) => end.completeBytes,
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

const zip = (lines: readonly JournalLine[], batch: readonly WaitingRecord[]) =>
  batch.map((waiting, index) => [lines[index] as JournalLine, waiting] as const)
