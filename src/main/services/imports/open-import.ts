import { randomUUID } from 'node:crypto'
import type {
  ImportChange,
  ImportColumn,
  ImportFile,
  ImportMapping,
  ImportPlan,
  ImportRow,
  ImportSetup,
} from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import type { PlanRow } from '@shared/domain/plan'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader } from '../../portsip/pbx-client'
import { rememberingReader } from '../lists/remembering-reader'
import type { ListTarget } from '../lists/target'
import type { NewPlan } from '../plans/plans-service'
import { countStates } from './check-rows'
import { importSteps } from './import-steps'
import type { ImportSource } from './import-source'
import { ImportTable } from './import-table'
import { previewRows } from './preview-rows'
import type { CsvFile } from './read-import'
import { stepWords } from './result-file'

export interface PlanContext {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly now: number
}

/** One file on its way into one server: its rows, what they are set to, and what would become of them. Kept in main alone. */
export class OpenImport {
  readonly id = randomUUID()
  /** The plan that was made of it. */
  planId: string | undefined
  isApplying = false
  private readonly table: ImportTable
  private isPlanned = false
  private guards: readonly Guard[] = []
  private warnings: readonly string[] = []
  private checkedAt = 0
  /** What the preview read of the server, for further previews while rows are changed. */
  private remembered: PbxReader | undefined
  private readonly abort = new AbortController()
  private turn = new AbortController()

  constructor(
    readonly server: Pick<ServerRecord, 'id' | 'name'>,
    readonly target: ListTarget,
    readonly source: ImportSource,
    file: CsvFile,
  ) {
    this.table = new ImportTable(file, target.fields)
  }

  get rowCount(): number {
    return this.table.rows.length
  }

  /** The file as the window gets it. */
  view(): ImportFile {
    return this.table.view(this.id, this.source.name)
  }

  plan(): ImportPlan {
    if (!this.isPlanned)
      throw new FleetError({ code: 'rejected', message: 'The columns of this file are not mapped yet' })
    const { states } = this.table
    const { guards, warnings } = this
    const checkedAt = new Date(this.checkedAt).toISOString()
    return { ...countStates(states), guards, warnings, checkedAt }
  }

  columns(mapping: ImportMapping): readonly ImportColumn[] {
    return this.table.columnsBy(mapping)
  }

  /** Whether the first row names the columns. */
  setFirstRow(isHeader: boolean): ImportFile {
    this.refuseWhenApplied()
    this.table.setFirstRow(isHeader)
    this.isPlanned = false
    return this.view()
  }

  /** Reads the file with another separator. */
  async setSeparator(separator: string): Promise<ImportFile> {
    this.refuseWhenApplied()
    await this.table.setSeparator(separator, (wanted) => this.source.read(this.abort.signal, wanted))
    this.isPlanned = false
    return this.view()
  }

  /** Sets the columns and plans every row. A newer call ends this one. */
  async map(setup: ImportSetup, context: PlanContext): Promise<ImportPlan> {
    this.refuseWhenApplied()
    this.table.set(setup)
    return this.preview(context)
  }

  /** Changes rows and plans all again, with what was read of the server before. Rows that cannot be compared stay as they were. */
  async change(change: ImportChange, context: PlanContext): Promise<ImportPlan> {
    this.refuseWhenApplied()
    this.plan()
    const undo = this.table.change(change)
    try {
      return await this.preview(context, this.remembered)
    } catch (error) {
      undo()
      throw error
    }
  }

  /** Every row as a step, as the preview found it. */
  steps(): Pick<NewPlan, 'steps' | 'secrets'> {
    const { target, table } = this
    const { columns, rows } = table
    return importSteps({ target, columns, rows, stateOf: (at) => table.stateOf(at) })
  }

  rows(query: PageQuery): Page<ImportRow> {
    return this.table.page(query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    return this.table.wrongCsv()
  }

  /** All rows as CSV, each with what became of its step. */
  resultCsv(results: readonly Pick<PlanRow, 'outcome' | 'message'>[]): string {
    const rows = results.map(({ outcome, message }, at) => ({ at, outcome: stepWords[outcome], reason: message }))
    return this.table.resultCsv(rows)
  }

  /** Ends what is being read for it; a job that runs goes on. */
  close(): void {
    this.abort.abort(new FleetError({ code: 'cancelled', message: 'The import was closed' }))
  }

  /** Compares every row with the server. */
  async preview(
    { client, server, now }: PlanContext,
    reader: PbxReader = rememberingReader(client),
  ): Promise<ImportPlan> {
    this.turn.abort(new FleetError({ code: 'cancelled', message: 'A newer plan replaced this one' }))
    const turn = new AbortController()
    this.turn = turn
    const signal = AbortSignal.any([this.abort.signal, turn.signal])
    const { target, table } = this
    this.remembered = undefined
    const planned = await previewRows({
      target,
      rows: table.rows,
      columns: table.columns,
      context: { client: reader, server, now, signal },
    })
    signal.throwIfAborted()
    this.remembered = reader
    const states = table.unplanned()
    for (const [at, state] of planned.states) states[at] = state
    table.states = states
    this.guards = planned.guards
    this.warnings = planned.warnings
    this.checkedAt = now
    this.isPlanned = true
    return this.plan()
  }

  private refuseWhenApplied(): void {
    if (this.planId !== undefined)
      throw new FleetError({ code: 'conflict', message: 'This import has already been applied' })
  }
}
