import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { JournalLine, WriteSource } from '@shared/domain/journal'
import type {
  EntryOutcome,
  IntentLine,
  JournalChoices,
  JournalEntry,
  JournalRow,
  JournalStatus,
  NoteLine,
  ResultLine,
} from '@shared/domain/journal-view'
import type { ListQuery, Page, PageQuery, SortOf } from '@shared/domain/page'
import type { ServerId } from '@shared/domain/server'
import type { FoundEntries } from '@shared/fleet/search'
import { FleetError } from '@shared/ipc/result'
import { queryPage, selectRows, type RowRules } from '@shared/rows/query'
import { diskError } from '../../storage/disk-error'
import { writeAtomic } from '../../storage/write-atomic'
import { safeCsv } from '../exports/safe-csv'
import { EntryFinder } from './entry-finder'
import type { Journal } from './journal'
import { journalChoices, journalRow, rawTexts } from './journal-rows'
import { readJournal, verifyJournal } from './read-journal'
import { saveReport } from './report/save-report'

const columns = [
  'seq',
  'at',
  'server',
  'folder',
  'object',
  'action',
  'before',
  'after',
  'outcome',
  'message',
  'user',
  'ticket',
  'notes',
  'source',
] as const

/** Number of entries that are filtered in one turn of the event loop. */
const sliceSize = 2_000

const newestFirst: SortOf<keyof JournalRow> = { key: 'seq', descending: true }

/** The entries that a change reverts. */
function revertedEntries(source: WriteSource): readonly number[] {
  if (source.kind === 'revert') return [source.of]
  return source.kind === 'plan' ? (source.reverts ?? []) : []
}

/** The journal for the window: read on first use and updated from then on. */
export class JournalView {
  private readonly intents = new Map<number, IntentLine>()
  private readonly results = new Map<number, ResultLine>()
  /** Entries that reverted another one, by its number. */
  private readonly reverts = new Map<number, readonly IntentLine[]>()
  private readonly notes = new Map<number, readonly NoteLine[]>()
  /** Cached rows, until their entry changes. */
  private readonly rowCache = new Map<number, JournalRow>()
  /** Number of the last entry of earlier runs. */
  private lastEarlierSeq = 0
  /** Damaged lines, which are in no list. */
  private unreadable = 0
  private readonly finder = new EntryFinder({
    intents: () => this.intents.values(),
    result: (seq) => this.results.get(seq),
    row: (intent) => this.rowOf(intent),
  })
  private loading: Promise<void> | undefined

  constructor(
    private readonly journal: Journal,
    private readonly folder: string,
    private readonly systemUser: string,
    /** Steps of a paused plan were sent, but are read back only when it resumes. */
    private readonly isPaused: (planId: string) => boolean = () => false,
  ) {}

  /** A page of the entries, by default newest first. */
  async rows({ sort = newestFirst, ...query }: PageQuery): Promise<Page<JournalRow>> {
    await this.load()
    const rows = [...this.intents.values()].map((intent) => this.rowOf(intent))
    return queryPage(rows, { sort, ...query }, this.rules)
  }

  /** The best matches for what was typed on the page that searches everything. Errors: FleetError `disk`, `journal`. */
  async find(typed: string, max: number): Promise<FoundEntries> {
    await this.load()
    return { ...(await this.finder.find(typed, max)), unreadable: this.unreadable }
  }

  async choices(): Promise<JournalChoices> {
    await this.load()
    return journalChoices([...this.intents.values()])
  }

  /** Throws `not-found`. */
  async entry(seq: number): Promise<JournalEntry> {
    await this.load()
    const intent = this.intents.get(seq)
    if (intent === undefined) throw new FleetError({ code: 'not-found', message: `The journal has no entry ${seq}` })
    const result = this.results.get(seq)
    const revertedBy = this.revertedBy(seq)
    return {
      ...{ intent, outcome: this.outcomeOf(intent), notes: this.notesOf(seq) },
      ...(result && { result }),
      ...(revertedBy !== undefined && { revertedBy }),
    }
  }

  private revertedBy(seq: number): number | undefined {
    return this.reverts.get(seq)?.findLast((intent) => this.outcomeOf(intent) === 'done')?.seq
  }

  /** Adds a note to an entry. Throws `not-found`, and errors of appending. */
  async addNote(seq: number, text: string): Promise<JournalEntry> {
    await this.entry(seq)
    this.addLine(await this.journal.append({ kind: 'note', of: seq, text, user: this.systemUser }))
    return this.entry(seq)
  }

  /** Changes to this server from an earlier run without a stored result; they may have been sent. */
  async pending(serverId: ServerId): Promise<readonly JournalEntry[]> {
    await this.load()
    const intents = [...this.intents.values()].filter(
      ({ seq, server }) => seq <= this.lastEarlierSeq && server.id === serverId && !this.results.has(seq),
    )
    return Promise.all(intents.map(({ seq }) => this.entry(seq)))
  }

  /** The entries of a plan's steps, in the order of sending. */
  async ofPlan(planId: string): Promise<readonly JournalEntry[]> {
    await this.load()
    const intents = [...this.intents.values()].filter(({ source }) => source.kind === 'plan' && source.plan === planId)
    return Promise.all(intents.map(({ seq }) => this.entry(seq)))
  }

  /** Opens the journal and verifies the chain from its first entry. */
  async status(): Promise<JournalStatus> {
    const { torn } = await this.journal.open()
    const { missing } = this.journal
    const { verified, broken } = await verifyJournal(this.folder)
    return {
      entries: this.journal.end.seq,
      verified,
      ...(broken && { broken }),
      ...(torn !== undefined && { torn }),
      ...(missing && { missing: missing.seq }),
    }
  }

  /** The user confirmed that a journal without its end continues. */
  async continueFromHere(): Promise<JournalStatus> {
    await this.journal.continueFromHere(this.systemUser)
    return this.status()
  }

  /**
   * Writes the matching entries as CSV that is safe in spreadsheets; returns their number. Errors: FleetError `disk`.
   */
  async save(query: ListQuery, path: string): Promise<number> {
    await this.load()
    const { items } = await this.rows({ ...query, offset: 0, limit: Math.max(1, this.intents.size) })
    await writeAtomic(
      path,
      safeCsv(
        columns,
        items.map((row) => columns.map((key) => String(row[key]))),
      ),
    )
    return items.length
  }

  /** Writes the matching entries as a report for a customer; returns their number. Errors: FleetError `disk`. */
  async saveReport(query: ListQuery, path: string): Promise<number> {
    const entries = await this.matching(query)
    const status = await this.status()
    await saveReport(path, { entries, query, status, user: this.systemUser, at: new Date().toISOString() })
    return entries.length
  }

  /** The matching entries, oldest first; filtered in slices, so that the app stays responsive. */
  private async matching({ search, filter }: ListQuery): Promise<readonly JournalEntry[]> {
    await this.load()
    const intents = [...this.intents.values()].sort((a, b) => a.seq - b.seq)
    const matching: JournalEntry[] = []
    for (let start = 0; start < intents.length; start += sliceSize) {
      const rows = intents.slice(start, start + sliceSize).map((intent) => this.rowOf(intent))
      for (const { seq } of selectRows(rows, { search, filter }, this.rules)) matching.push(await this.entry(seq))
      await setImmediate()
    }
    return matching
  }

  /** A search also finds API names of fields, and values as the API writes them: 1800 as well as 1,800. */
  private readonly rules: RowRules<JournalRow> = {
    searched: (row) => {
      const intent = this.intents.get(row.seq)
      return [...Object.values(row), ...(intent === undefined ? [] : rawTexts(intent))]
    },
  }

  private rowOf(intent: IntentLine): JournalRow {
    const { seq } = intent
    const result = this.results.get(seq)
    const row = this.rowCache.get(seq) ?? journalRow(intent, result, this.outcomeOf(intent), this.notesOf(seq))
    // Without a result, the outcome depends on the plan.
    if (result !== undefined) this.rowCache.set(seq, row)
    return row
  }

  private notesOf(seq: number): readonly NoteLine[] {
    return this.notes.get(seq) ?? []
  }

  private outcomeOf({ seq, source }: IntentLine): EntryOutcome {
    const result = this.results.get(seq)
    if (result !== undefined) return result.outcome
    if (seq <= this.lastEarlierSeq) return 'pending'
    return source.kind === 'plan' && this.isPaused(source.plan) ? 'unknown' : 'sending'
  }

  private load(): Promise<void> {
    this.loading ??= this.read().catch((error: unknown) => {
      this.loading = undefined
      throw error
    })
    return this.loading
  }

  private async read(): Promise<void> {
    this.lastEarlierSeq = (await this.journal.open()).tail.seq
    // Lines that are appended meanwhile are added twice, which changes nothing.
    this.journal.appended.add((lines) => lines.forEach((line) => this.addLine(line)))
    let unreadable = 0
    try {
      for await (const { entry } of readJournal(this.folder))
        if (entry === undefined) unreadable += 1
        else this.addLine(entry)
    } catch (error) {
      throw diskError(error, join(this.folder, 'journal'), 'read')
    }
    this.unreadable = unreadable
  }

  private addLine(line: JournalLine): void {
    if (line.kind === 'intent') {
      this.intents.set(line.seq, line)
      for (const seq of revertedEntries(line.source)) this.reverts.set(seq, [...(this.reverts.get(seq) ?? []), line])
    } else if (line.kind === 'result') {
      this.results.set(line.of, line)
      this.forget(line.of)
    } else if (line.kind === 'note') {
      const others = this.notesOf(line.of).filter(({ seq }) => seq !== line.seq)
      this.notes.set(
        line.of,
        [...others, line].sort((a, b) => a.seq - b.seq),
      )
      this.forget(line.of)
    }
  }

  /** The entry has other texts now. */
  private forget(seq: number): void {
    this.rowCache.delete(seq)
    this.finder.changed(seq)
  }
}
