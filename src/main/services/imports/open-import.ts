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
import type { PlanRow, PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { ImportRow } from '@shared/domain/import'
import type { Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader } from '../../portsip/pbx-client'
import { listOf } from '@shared/resources/registry'
import { isSecret } from '@shared/resources/secret'
import type { NewPlan } from '../plans/plans-service'
import { identityOf, withoutSecrets } from '../records/write-record'
import { columnsFor, checkMapping, suggestMapping } from './mapping'
import { previewRows, type RowState } from './preview-rows'
import type { CsvFile } from './read-import'
import { openColumns, resultCsv, stateWords, stepWords } from './result-file'
import { importRows } from './row-pages'
import { mappedColumns, rowValues, type MappedColumn } from './row-values'
import type { ListTarget } from '../lists/target'

/** In a row with too many cells a secret may be in any column. */
const withoutShiftedCells = (file: CsvFile): CsvFile => ({
  ...file,
  rows: file.rows.map((row) => (row.problem === undefined ? row : { ...row, cells: [] })),
})

/** Rows that are not sent, as outcomes of steps. */
const settledAs = { skip: 'alreadyInPlace', conflict: 'conflict', wrong: 'notSent' } as const

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
    readonly path: string,
    private readonly file: CsvFile,
  ) {
    this.shown = file
    this.mapping = suggestMapping(file.header, target.fields)
    this.states = file.rows.map(() => unplanned)
  }

  get name(): string {
    return basename(this.path)
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
    const counts = Object.fromEntries(importStates.map((state) => [state, 0])) as Record<ImportState, number>
    for (const { state } of this.states) counts[state] += 1
    const { guards, warnings } = this
    return { counts, guards, warnings, checkedAt: new Date(this.checkedAt).toISOString() }
  }

  /** Sets the columns and plans every row. A newer call ends this one. */
  async map(mapping: ImportMapping, context: PlanContext): Promise<ImportPlan> {
    this.refuseWhenApplied()
    checkMapping(mapping, this.file, this.target.fields)
    this.mapping = mapping
    this.columns = mappedColumns(this.file.header, mapping, this.target.fields)
    this.shown =
      openColumns(this.file.header, mapping, this.target.fields).length < mapping.length
        ? withoutShiftedCells(this.file)
        : this.file
    this.states = this.file.rows.map(() => unplanned)
    return this.preview(context)
  }

  /** Every row as a step: those that are created, and the others with what the preview found of them. Secrets are apart. */
  steps(): Pick<NewPlan, 'steps' | 'secrets'> {
    const { target } = this
    const secrets = new Map<number, RecordValues>()
    const steps = this.file.rows.map((row, at): PlanStep => {
      const [n, { state, reason }] = [at + 1, this.states[at] ?? unplanned]
      const read = rowValues(target, this.columns, row)
      const values = (read.ok ? read.values : {}) as RecordValues
      const secret = target.fields.filter((field) => isSecret(field) && Object.hasOwn(values, field.key))
      if (state === 'create' && secret.length > 0)
        secrets.set(n, Object.fromEntries(secret.map(({ key }) => [key, values[key] ?? null])))
      const identity = read.ok ? identityOf(listOf(target.resource), values) : 'invalid row'
      return {
        ...{ kind: 'step', n, row: row.line },
        write: {
          ...{ kind: 'create', operation: target.operation, resource: target.resource, identity },
          ...{ before: {}, changes: withoutSecrets(target, values) },
        },
        ...(secret.length > 0 && { secrets: secret.map(({ key }) => key) }),
        ...(state !== 'create' && { settled: { outcome: settledAs[state], reason } }),
      }
    })
    return { steps, secrets }
  }

  rows(query: PageQuery): Page<ImportRow> {
    return importRows(this.columns, this.shown.rows, this.states, query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    const rows = this.states.flatMap(({ state, reason }, at) =>
      state === 'wrong' ? [{ at, outcome: stateWords.wrong, reason }] : [],
    )
    return resultCsv(this.shown, this.mapping, this.target.fields, rows)
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
