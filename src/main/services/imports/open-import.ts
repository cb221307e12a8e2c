import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import {
  importStates,
  type ImportFile,
  type ImportMapping,
  type ImportPlan,
  type ImportState,
} from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import type { ServerRecord } from '@shared/domain/server'
import type { ImportRow } from '@shared/domain/import'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader } from '../../portsip/pbx-client'
import { isSecret } from '@shared/resources/secret'
import { columnsFor, checkMapping, suggestMapping } from './mapping'
import { planRows, type RowState } from './plan-rows'
import type { CsvFile } from './read-import'
import { openColumns, resultCsv } from './result-file'
import { importRows } from './row-pages'
import { mappedColumns, rowValues, type MappedColumn } from './row-values'
import type { ImportTarget, RowAhead } from './target'

/** In a row with too many cells a secret may be in any column. */
const withoutShiftedCells = (file: CsvFile): CsvFile => ({
  ...file,
  rows: file.rows.map((row) => (row.problem === undefined ? row : { ...row, cells: [] })),
})

const unplanned: RowState = { state: 'unsent', reason: '' }

export interface PlanContext {
  readonly client: PbxReader
  readonly server: ServerRecord
  readonly now: number
}

/** One file on its way into one server: its rows, what they are set to, the plan and what became of it. Kept in main alone. */
export class OpenImport {
  readonly id = randomUUID()
  stage: ImportPlan['stage'] | 'file' = 'file'
  /** The file as it may be shown and saved. */
  private shown: CsvFile
  private mapping: ImportMapping
  private columns: readonly MappedColumn[] = []
  private states: RowState[]
  private scope: readonly number[]
  private guards: readonly Guard[] = []
  private warnings: readonly string[] = []
  private checkedAt = 0
  private readonly abort = new AbortController()
  private turn = new AbortController()

  constructor(
    readonly server: Pick<ServerRecord, 'id' | 'name'>,
    readonly target: ImportTarget,
    readonly path: string,
    private readonly file: CsvFile,
  ) {
    this.shown = file
    this.mapping = suggestMapping(file.header, target.fields)
    this.states = file.rows.map(() => unplanned)
    this.scope = file.rows.map((_, at) => at)
  }

  get name(): string {
    return basename(this.path)
  }

  /** What the window is told of the file. */
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
    if (this.stage === 'file')
      throw new FleetError({ code: 'rejected', message: 'The columns of this file were not set yet' })
    const counts = Object.fromEntries(importStates.map((state) => [state, 0])) as Record<ImportState, number>
    for (const at of this.inSight()) counts[this.states[at]?.state ?? 'unsent'] += 1
    const { stage, guards, warnings } = this
    return { stage, counts, guards, warnings, checkedAt: new Date(this.checkedAt).toISOString() }
  }

  /** Sets the columns and plans every row. A newer call ends this one. */
  async map(mapping: ImportMapping, context: PlanContext): Promise<ImportPlan> {
    this.refuseWhileRunning()
    checkMapping(mapping, this.file, this.target.fields)
    this.mapping = mapping
    this.columns = mappedColumns(this.file.header, mapping, this.target.fields)
    this.shown =
      openColumns(this.file.header, mapping, this.target.fields).length < mapping.length
        ? withoutShiftedCells(this.file)
        : this.file
    this.states = this.file.rows.map(() => unplanned)
    return this.planFor(
      this.file.rows.map((_, at) => at),
      context,
    )
  }

  /** Plans those rows again that failed or were not sent. */
  retry(context: PlanContext): Promise<ImportPlan> {
    this.refuseWhileRunning()
    const left = this.scope.filter((at) => ['failed', 'unsent'].includes(this.states[at]?.state ?? ''))
    if (this.stage !== 'result' || left.length === 0)
      throw new FleetError({ code: 'rejected', message: 'No row failed' })
    return this.planFor(left, context)
  }

  /** Compares the rows of the plan with the server once more when that was longer ago than `age`; answers whether the harm is another one. */
  async refresh(age: number, context: PlanContext): Promise<boolean> {
    if (context.now - this.checkedAt <= age) return false
    const before = JSON.stringify(this.guards)
    await this.planFor(this.scope, context)
    return JSON.stringify(this.guards) !== before
  }

  /** The rows that are to be created. */
  ahead(): readonly RowAhead[] {
    return this.scope.flatMap((at) => {
      const row = this.file.rows[at]
      if (row === undefined || this.states[at]?.state !== 'create') return []
      const read = rowValues(this.target, this.columns, row)
      return read.ok ? [{ at, line: row.line, values: read.values }] : []
    })
  }

  settle({ at }: RowAhead, state: RowState): void {
    this.states[at] = state
  }

  /** Text that a server answered, without the secrets of its row. */
  clean({ at }: RowAhead, text: string): string {
    const secrets = this.columns.filter(({ field }) => isSecret(field))
    const cells = secrets.map((column) => this.file.rows[at]?.cells[column.at] ?? '').filter((cell) => cell !== '')
    return cells.reduce((said, secret) => said.replaceAll(secret, '••••••••'), text)
  }

  rows(query: PageQuery): Page<ImportRow> {
    return importRows(this.columns, this.shown.rows, this.states, this.inSight(), query)
  }

  /** The rows as CSV: all that are in sight, or the wrong ones. */
  csv(which: 'wrong' | 'result'): string {
    const rows = this.inSight().flatMap((at) => {
      const state = this.states[at]
      return state === undefined || (which === 'wrong' && state.state !== 'wrong') ? [] : [{ at, state }]
    })
    return resultCsv(this.shown, this.mapping, this.target.fields, rows)
  }

  /** Ends what is being read for it; a job that runs goes on. */
  close(): void {
    this.abort.abort(new FleetError({ code: 'cancelled', message: 'The import was closed' }))
  }

  /** A plan shows the rows that it is about, a result all of the file. */
  private inSight(): readonly number[] {
    return this.stage === 'result' ? this.file.rows.map((_, at) => at) : this.scope
  }

  private async planFor(scope: readonly number[], { client, server, now }: PlanContext): Promise<ImportPlan> {
    this.turn.abort(new FleetError({ code: 'cancelled', message: 'A newer plan replaced this one' }))
    const turn = new AbortController()
    this.turn = turn
    const signal = AbortSignal.any([this.abort.signal, turn.signal])
    const { target, file, columns } = this
    const planned = await planRows({ target, rows: file.rows, columns, scope, ahead: { client, server, now, signal } })
    signal.throwIfAborted()
    for (const [at, state] of planned.states) this.states[at] = state
    this.scope = scope
    this.guards = planned.guards
    this.warnings = planned.warnings
    this.checkedAt = now
    this.stage = 'plan'
    return this.plan()
  }

  private refuseWhileRunning(): void {
    if (this.stage === 'running') throw new FleetError({ code: 'conflict', message: 'This import is running' })
  }
}
