import { randomUUID } from 'node:crypto'
import type { ImportFile, ImportMapping, ImportPlan } from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import type { PlanRow } from '@shared/domain/plan'
import type { ServerRecord } from '@shared/domain/server'
import type { ImportRow } from '@shared/domain/import'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader } from '../../portsip/pbx-client'
import type { NewPlan } from '../plans/plans-service'
import { columnsFor, checkMapping, suggestMapping } from './mapping'
import { countStates, type RowState } from './check-rows'
import { importSteps } from './import-steps'
import { previewRows } from './preview-rows'
import type { CsvFile } from './read-import'
import { resultCsv, shownFile, stepWords, wrongCsv } from './result-file'
import { importRows } from './row-pages'
import { mappedColumns, type MappedColumn } from './row-values'
import type { ListTarget } from '../lists/target'

const unplanned: RowState = { state: 'wrong', reason: '' }

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
  /** The file as it may be shown and saved. */
  private shown: CsvFile
  private mapping: ImportMapping
  private columns: readonly MappedColumn[] = []
  private states: RowState[]
  private isPlanned = false
  private guards: readonly Guard[] = []
  private warnings: readonly string[] = []
  private checkedAt = 0
  private readonly abort = new AbortController()
  private turn = new AbortController()

  constructor(
    readonly server: Pick<ServerRecord, 'id' | 'name'>,
    readonly target: ListTarget,
    readonly name: string,
    private readonly file: CsvFile,
  ) {
    this.shown = file
    this.mapping = suggestMapping(file.header, target.fields)
    this.states = file.rows.map(() => unplanned)
  }

  get rowCount(): number {
    return this.file.rows.length
  }

  /** The file as the window gets it. */
  view(): ImportFile {
    const { target, file, mapping } = this
    return {
      importId: this.id,
      file: this.name,
      rows: file.rows.length,
      columns: columnsFor(file, mapping, target.fields),
      fields: target.fields,
      mapping,
      notes: file.notes,
    }
  }

  plan(): ImportPlan {
    if (!this.isPlanned)
      throw new FleetError({ code: 'rejected', message: 'The columns of this file are not mapped yet' })
    const counts = countStates(this.states)
    const { guards, warnings } = this
    return { counts, guards, warnings, checkedAt: new Date(this.checkedAt).toISOString() }
  }

  /** Sets the columns and plans every row. A newer call ends this one. */
  async map(mapping: ImportMapping, context: PlanContext): Promise<ImportPlan> {
    this.refuseWhenApplied()
    checkMapping(mapping, this.file, this.target.fields)
    this.mapping = mapping
    this.columns = mappedColumns(this.file.header, mapping, this.target.fields)
    this.shown = shownFile(this.file, mapping, this.target.fields)
    this.states = this.file.rows.map(() => unplanned)
    return this.preview(context)
  }

  /** Every row as a step, as the preview found it. */
  steps(): Pick<NewPlan, 'steps' | 'secrets'> {
    const { target, columns } = this
    return importSteps({ target, columns, rows: this.file.rows, stateOf: (at) => this.states[at] ?? unplanned })
  }

  rows(query: PageQuery): Page<ImportRow> {
    return importRows(this.columns, this.shown.rows, this.states, query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    return wrongCsv(this.shown, this.mapping, this.target.fields, this.states)
  }

  /** All rows as CSV, each with what became of its step. */
  resultCsv(results: readonly Pick<PlanRow, 'outcome' | 'message'>[]): string {
    const rows = results.map(({ outcome, message }, at) => ({ at, outcome: stepWords[outcome], reason: message }))
    return resultCsv(this.shown, this.mapping, this.target.fields, rows)
  }

  /** Ends what is being read for it; a job that runs goes on. */
  close(): void {
    this.abort.abort(new FleetError({ code: 'cancelled', message: 'The import was closed' }))
  }

  /** Compares every row with the server. */
  async preview({ client, server, now }: PlanContext): Promise<ImportPlan> {
    this.turn.abort(new FleetError({ code: 'cancelled', message: 'A newer plan replaced this one' }))
    const turn = new AbortController()
    this.turn = turn
    const signal = AbortSignal.any([this.abort.signal, turn.signal])
    const { target, file, columns } = this
    const planned = await previewRows({
      target,
      rows: file.rows,
      columns,
      context: { client, server, now, signal },
    })
    signal.throwIfAborted()
    for (const [at, state] of planned.states) this.states[at] = state
    this.guards = planned.guards
    this.warnings = planned.warnings
    this.checkedAt = now
    this.isPlanned = true
    return this.plan()
  }

  private refuseWhenApplied(): void {
    if (this.planId !== undefined)
      throw new FleetError({ code: 'conflict', message: 'This import was already applied' })
  }
}
