import { randomUUID } from 'node:crypto'
import { serverKey, type ImportFile, type ImportMapping, type ImportPlan, type ImportRow } from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import type { ListId } from '@shared/resources/ids'
import type { ListTarget } from '../lists/target'
import { describedTarget } from '../lists/target-of'
import type { NewPlan } from '../plans/plans-service'
import type { ServerFinder } from '../workspace/server-finder'
import { cellValue } from './cell-value'
import { checkRows, countStates, type RowState } from './check-rows'
import { importSteps } from './import-steps'
import { checkMapping, columnsFor, suggestMapping } from './mapping'
import type { CsvFile, FileRow } from './read-import'
import { shownFile, wrongCsv } from './result-file'
import { importRows } from './row-pages'
import { mappedColumns, type MappedColumn } from './row-values'

const serverField: FieldSpec = { kind: 'text', key: serverKey, label: 'Server', inTable: true, width: 150 }

const unplanned: RowState = { state: 'wrong', reason: '' }

/** The places of the rows that a server gets. */
type RowsOf = ReadonlyMap<ServerId, readonly number[]>

/** The server that a cell names, or why there is none. */
function serverOf(finder: ServerFinder, { name }: MappedColumn, cell: string): ServerId | { readonly problem: string } {
  const text = cell.trim()
  if (text === '') return { problem: `Column ${name}: The server is required` }
  const found = finder.find(text)
  const [server] = found
  if (server === undefined)
    return { problem: `Column ${name}: No server of this workspace has the name or address “${text}”` }
  if (found.length > 1)
    return { problem: `Column ${name}: Several servers have the name or address “${text}”. Enter one that is unique` }
  return server.id
}

/** One file on its way into several servers: its rows, what they are set to, and which server gets them. Kept in main alone. */
export class ManyImport {
  readonly id = randomUUID()
  /** The rows with what is known of them before they are compared with a server. */
  private states: readonly RowState[]
  private mapping: ImportMapping
  private rowsOf: RowsOf | undefined
  private shown: CsvFile
  private readonly described: ListTarget
  private readonly fields: readonly FieldSpec[]
  private readonly abort = new AbortController()

  constructor(
    readonly resource: ListId,
    readonly name: string,
    private readonly file: CsvFile,
  ) {
    this.described = describedTarget(resource)
    this.fields = [serverField, ...this.described.fields]
    this.mapping = suggestMapping(file.header, this.fields)
    this.states = file.rows.map(() => unplanned)
    this.shown = file
  }

  /** The file as the window gets it. */
  view(): ImportFile {
    const { file, mapping, fields } = this
    return {
      ...{ importId: this.id, file: this.name, rows: file.rows.length },
      ...{ columns: columnsFor(file, mapping, fields), fields, mapping, notes: file.notes },
    }
  }

  /**
   * Sets the columns and checks every row. Without a column for it, each row is for each of these servers. Throws
   * `rejected`.
   */
  async map(
    mapping: ImportMapping,
    serverIds: readonly ServerId[],
    finder: ServerFinder,
    now: number,
  ): Promise<ImportPlan> {
    const { file, fields, described } = this
    checkMapping(mapping, file, fields)
    const named = mappedColumns(file.header, mapping, fields).find(({ field }) => field.key === serverKey)
    if (named === undefined && serverIds.length === 0)
      throw new FleetError({ code: 'rejected', message: 'Select servers, or map a column to Server' })
    const states = file.rows.map(() => unplanned)
    const columns = mappedColumns(file.header, mapping, described.fields)
    const groups = named === undefined ? new Map([['', [...states.keys()]]]) : this.byServer(named, finder, states)
    for (const places of groups.values()) {
      const rows = places.map((at) => file.rows[at]).filter((row) => row !== undefined)
      const checked = await checkRows({ target: described, rows, columns, signal: this.abort.signal })
      for (const [place, at] of places.entries())
        states[at] = checked.states.get(place) ?? { state: 'create', reason: '' }
      for (const { at: place, note = '' } of checked.fresh)
        states[places[place] ?? -1] = { state: 'create', reason: note }
    }
    this.mapping = mapping
    this.states = states
    this.shown = shownFile(file, mapping, fields)
    const all = groups.get('') ?? []
    this.rowsOf = named === undefined ? new Map(serverIds.map((id) => [id, all])) : groups
    return { counts: countStates(states), guards: [], warnings: [], checkedAt: new Date(now).toISOString() }
  }

  /** How many rows can be sent, and how many of them to each server. Throws `rejected` before the columns are mapped. */
  targets(): { readonly rows: number; readonly serverIds: readonly ServerId[]; readonly steps: number } {
    const rowsOf = this.mapped()
    const rows = this.states.filter(({ state }) => state === 'create').length
    const steps = [...rowsOf.values()].reduce((sum, { length }) => sum + length, 0)
    return { rows, steps, serverIds: [...rowsOf.keys()] }
  }

  /** The rows whose server is not known, which no plan has. */
  withoutServer(): readonly number[] {
    const placed = new Set([...this.mapped().values()].flat())
    return this.file.rows.flatMap(({ line }, at) => (placed.has(at) ? [] : line))
  }

  /** The rows of a server as steps for it. A value of a field that it does not have is refused, never left out. */
  async stepsFor(serverId: ServerId, target: ListTarget): Promise<Required<Pick<NewPlan, 'steps' | 'secrets'>>> {
    const rows = (this.mapped().get(serverId) ?? []).map((at) => this.file.rows[at]).filter((row) => row !== undefined)
    const columns = mappedColumns(this.file.header, this.mapping, target.fields)
    const absent = mappedColumns(this.file.header, this.mapping, this.described.fields).filter(
      ({ field }) => !columns.some((column) => column.field.key === field.key),
    )
    const { states } = await checkRows({ target, rows, columns, signal: this.abort.signal })
    const stateOf = (at: number): RowState => {
      const known = states.get(at)
      if (known !== undefined) return known
      const lost = absent.filter((column) => hasValue(column, rows[at]))
      if (lost.length === 0) return { state: 'create', reason: '' }
      return { state: 'wrong', reason: `This server does not have: ${lost.map(({ field }) => field.label).join(', ')}` }
    }
    return importSteps({ target, columns, rows, stateOf })
  }

  rows(query: PageQuery): Page<ImportRow> {
    const columns = mappedColumns(this.file.header, this.mapping, this.fields)
    return importRows(columns, this.shown.rows, this.states, query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    return wrongCsv(this.shown, this.mapping, this.fields, this.states)
  }

  close(): void {
    this.abort.abort(new FleetError({ code: 'cancelled', message: 'The import was closed' }))
  }

  private mapped(): RowsOf {
    if (this.rowsOf !== undefined) return this.rowsOf
    throw new FleetError({ code: 'rejected', message: 'The columns of this file are not mapped yet' })
  }

  /** The rows of each server; one without a server gets its reason. */
  private byServer(column: MappedColumn, finder: ServerFinder, states: RowState[]): Map<ServerId, number[]> {
    const rowsOf = new Map<ServerId, number[]>()
    for (const [at, { cells, problem }] of this.file.rows.entries()) {
      const server = problem === undefined ? serverOf(finder, column, cells[column.at] ?? '') : { problem }
      if (typeof server === 'string') {
        const rows = rowsOf.get(server)
        if (rows === undefined) rowsOf.set(server, [at])
        else rows.push(at)
      } else states[at] = { state: 'wrong', reason: server.problem }
    }
    return rowsOf
  }
}

/** A field with its default means nothing on a server that does not have it. */
function hasValue({ at, field }: MappedColumn, row: FileRow | undefined): boolean {
  const found = cellValue(field, row?.cells[at] ?? '')
  const value = 'value' in found ? comparable(field, found.value) : ''
  return value !== '' && value !== comparable(field, field.default)
}
