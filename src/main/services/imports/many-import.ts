import { randomUUID } from 'node:crypto'
import {
  serverKey,
  type ImportChange,
  type ImportColumn,
  type ImportMapping,
  type ImportFile,
  type ImportPlan,
  type ImportRow,
  type ImportSetup,
} from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { comparable } from '@shared/resources/compare'
import type { FieldSpec } from '@shared/resources/field'
import type { ListId } from '@shared/resources/ids'
import { newestVersion, requiredBy } from '@shared/resources/newest-version'
import type { ListTarget } from '../lists/target'
import { describedTarget, describedTargetFor } from '../lists/target-of'
import type { NewPlan } from '../plans/plans-service'
import type { ServerFinder } from '../workspace/server-finder'
import { cellValue } from './cell-value'
import { checkRows, countStates, excluded, type RowState } from './check-rows'
import { importSteps } from './import-steps'
import type { ImportSource } from './import-source'
import { ImportTable } from './import-table'
import type { CsvFile, FileRow } from './read-import'
import { cellOf, type MappedColumn } from './row-values'

const serverField: FieldSpec = { kind: 'text', key: serverKey, label: 'Server', inTable: true, width: 150 }

/** The fields of a list, and the server of each row. */
export const manyFields = (resource: ListId): readonly FieldSpec[] => [serverField, ...describedTarget(resource).fields]

export interface ManyContext {
  readonly finder: ServerFinder
  /** The version of a server, if it is known. */
  readonly versionOf: (serverId: ServerId) => string | undefined
  /** The names of the servers to which nothing is sent. */
  readonly readOnly: ReadonlyMap<ServerId, string>
  readonly now: number
}

/** The places of the rows that a server gets. */
type RowsOf = ReadonlyMap<ServerId, readonly number[]>

/** The server that a cell names, or why there is none. */
function serverOf(
  finder: ServerFinder,
  { title }: MappedColumn,
  cell: string,
): ServerId | { readonly problem: string } {
  const text = cell.trim()
  if (text === '') return { problem: `${title}: The server is required` }
  const found = finder.find(text)
  const [server] = found
  if (server === undefined)
    return { problem: `${title}: No server of this workspace has the name or address “${text}”` }
  if (found.length > 1)
    return { problem: `${title}: Several servers have the name or address “${text}”. Enter one that is unique` }
  return server.id
}

/** One file on its way into several servers: its rows, what they are set to, and which server gets them. Kept in main alone. */
export class ManyImport {
  readonly id = randomUUID()
  private readonly table: ImportTable
  private rowsOf: RowsOf | undefined
  private serverIds: readonly ServerId[] = []
  private checkedAt = 0
  private readonly described: ListTarget
  private readonly abort = new AbortController()

  constructor(
    readonly resource: ListId,
    readonly source: ImportSource,
    file: CsvFile,
  ) {
    this.described = describedTarget(resource)
    this.table = new ImportTable(file, manyFields(resource))
  }

  /** The file as the window gets it. */
  view(): ImportFile {
    return this.table.view(this.id, this.source.name)
  }

  columns(mapping: ImportMapping): readonly ImportColumn[] {
    return this.table.columnsBy(mapping)
  }

  /** Whether the first row names the columns. */
  setFirstRow(isHeader: boolean): ImportFile {
    this.table.setFirstRow(isHeader)
    this.rowsOf = undefined
    return this.view()
  }

  /** Reads the file with another separator. */
  async setSeparator(separator: string): Promise<ImportFile> {
    await this.table.setSeparator(separator, (wanted) => this.source.read(this.abort.signal, wanted))
    this.rowsOf = undefined
    return this.view()
  }

  /**
   * Sets the columns and checks every row. Without a column for it, each row is for each of these servers. Throws
   * `rejected`.
   */
  map(setup: ImportSetup, serverIds: readonly ServerId[], context: ManyContext): Promise<ImportPlan> {
    this.table.set(setup)
    this.serverIds = serverIds
    return this.check(context)
  }

  /** Changes rows and checks all again. */
  change(change: ImportChange, context: ManyContext): Promise<ImportPlan> {
    this.mapped()
    this.table.change(change)
    return this.check(context)
  }

  private async check({ finder, versionOf, readOnly, now }: ManyContext): Promise<ImportPlan> {
    const { described, table, serverIds } = this
    const named = table.columns.find(({ field }) => field.key === serverKey)
    if (named === undefined && serverIds.length === 0)
      throw new FleetError({ code: 'rejected', message: 'Select servers, or map a column to Server' })
    const states = table.unplanned()
    const columns = table.columnsOf(described.fields)
    const groups = named === undefined ? new Map([['', [...states.keys()]]]) : this.byServer(named, finder, states)
    const newest = newestVersion((named === undefined ? serverIds : [...groups.keys()]).map(versionOf))
    table.require(requiredBy(described.fields, newest))
    for (const [serverId, places] of groups) {
      // A row for all servers may lack what only some of them require; the preview of each says so.
      const target = describedTargetFor(this.resource, named === undefined ? undefined : versionOf(serverId))
      const rows = places.map((at) => table.rows[at]).filter((row) => row !== undefined)
      const checked = await checkRows({ target, rows, columns, signal: this.abort.signal, now })
      for (const [place, state] of checked.states) states[places[place] ?? -1] = state
      for (const { at: place, note, isFlagged } of checked.fresh)
        states[places[place] ?? -1] = { state: 'create', reason: note, isFlagged }
      const reason = readOnlyReason(named === undefined ? serverIds : [serverId], readOnly)
      if (reason !== '') holdBack(states, places, reason)
    }
    table.states = states
    this.checkedAt = now
    const all = groups.get('') ?? []
    this.rowsOf = named === undefined ? new Map(serverIds.map((id) => [id, all])) : groups
    const counted = countStates(states)
    const left =
      named === undefined && counted.counts.create > 0 ? serverIds.flatMap((id) => readOnly.get(id) ?? []) : []
    const warnings = left.length === 0 ? [] : [`Nothing is sent to read-only servers: ${left.join(', ')}`]
    return { ...counted, guards: [], warnings, checkedAt: new Date(now).toISOString() }
  }

  /** How many rows can be sent, and how many of them to each server. Throws `rejected` before the columns are mapped. */
  targets(): { readonly rows: number; readonly serverIds: readonly ServerId[]; readonly steps: number } {
    const rowsOf = this.mapped()
    const rows = this.table.states.filter(({ state }) => state === 'create').length
    const steps = [...rowsOf.values()].reduce((sum, { length }) => sum + length, 0)
    return { rows, steps, serverIds: [...rowsOf.keys()] }
  }

  /** The rows whose server is not known, which no plan has. */
  withoutServer(): readonly number[] {
    const placed = new Set([...this.mapped().values()].flat())
    return this.table.rows.flatMap(({ line, isExcluded }, at) => (placed.has(at) || isExcluded === true ? [] : line))
  }

  /** The rows of a server as steps for it. A value of a field that it does not have is refused, never left out. */
  async stepsFor(serverId: ServerId, target: ListTarget): Promise<Required<Pick<NewPlan, 'steps' | 'secrets'>>> {
    const { table } = this
    const rows = (this.mapped().get(serverId) ?? []).map((at) => table.rows[at]).filter((row) => row !== undefined)
    const columns = table.columnsOf(target.fields)
    const absent = table
      .columnsOf(this.described.fields)
      .filter(({ field }) => !columns.some((column) => column.field.key === field.key))
    const { states } = await checkRows({ target, rows, columns, signal: this.abort.signal, now: this.checkedAt })
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
    return this.table.page(query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    return this.table.wrongCsv()
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
    for (const [at, row] of this.table.rows.entries()) {
      if (row.isExcluded === true) {
        states[at] = excluded
        continue
      }
      const { problem } = row
      const server = problem === undefined ? serverOf(finder, column, cellOf(column, row)) : { problem }
      if (typeof server === 'string') {
        const rows = rowsOf.get(server)
        if (rows === undefined) rowsOf.set(server, [at])
        else rows.push(at)
      } else states[at] = { state: 'wrong', reason: server.problem }
    }
    return rowsOf
  }
}

/** Why nothing is sent to any of these servers; empty if something is. */
function readOnlyReason(serverIds: readonly ServerId[], readOnly: ReadonlyMap<ServerId, string>): string {
  const names = serverIds.map((id) => readOnly.get(id))
  if (names.length === 0 || names.includes(undefined)) return ''
  const subject = names.length === 1 ? `${names[0]} is` : 'All selected servers are'
  return `${subject} read-only. To make changes, change the protection level.`
}

/** Sends none of these rows that could be created. */
function holdBack(states: RowState[], places: readonly number[], reason: string): void {
  for (const place of places) if (states[place]?.state === 'create') states[place] = { state: 'readOnly', reason }
}

/** A field with its default means nothing on a server that does not have it. */
function hasValue(column: MappedColumn, row: FileRow | undefined): boolean {
  const { field } = column
  const found = cellValue(field, row === undefined ? '' : cellOf(column, row))
  const value = 'value' in found ? comparable(field, found.value) : ''
  return value !== '' && value !== comparable(field, field.default)
}
