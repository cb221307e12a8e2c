import {
  separators,
  type ImportChange,
  type ImportColumn,
  type ImportFile,
  type ImportMapping,
  type ImportRow,
  type ImportSetup,
} from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import type { FieldSpec } from '@shared/resources/field'
import type { RowState } from './check-rows'
import { checkMapping, checkRequired, columnsFor, suggestMapping, withFirstRow } from './mapping'
import type { CsvFile, FileRow } from './read-import'
import { resultCsv, shownFile, wrongCsv } from './result-file'
import { importRows } from './row-pages'
import { mappedColumns, type MappedColumn } from './row-values'

const unplanned: RowState = { state: 'wrong', reason: '' }

/** The rows of a file as the user sets and changes them, and what is known of each. Kept in main alone. */
export class ImportTable {
  setup: ImportSetup
  states: readonly RowState[]
  private file: CsvFile
  private current: CsvFile
  private lastShown: { readonly of: CsvFile; readonly by: ImportSetup; readonly file: CsvFile } | undefined
  private isFirstRowHeader: boolean
  /** The file as it was first read: its separator, empty for a list of addresses. */
  private readonly detected: string
  /** Rows that were changed, and whether the first row is a header, for each way to read the file. */
  private readonly changed = new Map<string, CsvFile>()
  private readonly headers = new Map<string, boolean>()

  constructor(
    file: CsvFile,
    readonly fields: readonly FieldSpec[],
  ) {
    this.file = file
    this.current = withFirstRow(file, fields)
    this.isFirstRowHeader = this.current === file
    this.detected = file.separator ?? ''
    this.setup = { mapping: suggestMapping(this.current, fields) }
    this.states = this.unplanned()
  }

  get header(): readonly string[] {
    return this.current.header
  }

  get rows(): readonly FileRow[] {
    return this.current.rows
  }

  get columns(): readonly MappedColumn[] {
    return this.columnsOf(this.fields)
  }

  columnsOf(fields: readonly FieldSpec[]): readonly MappedColumn[] {
    return mappedColumns(this.header, this.setup, fields)
  }

  unplanned(): RowState[] {
    return this.rows.map(() => unplanned)
  }

  stateOf(at: number): RowState {
    return this.states[at] ?? unplanned
  }

  page(query: PageQuery): Page<ImportRow> {
    return importRows(this.columns, this.shown.rows, this.states, query)
  }

  /** The wrong rows as CSV. */
  wrongCsv(): string {
    return wrongCsv(this.shown, this.setup.mapping, this.fields, this.states)
  }

  /** These rows as CSV, each with what became of it. */
  resultCsv(rows: Parameters<typeof resultCsv>[3]): string {
    return resultCsv(this.shown, this.setup.mapping, this.fields, rows)
  }

  /** The file as it may be shown and saved. */
  private get shown(): CsvFile {
    const { current, setup, fields } = this
    if (this.lastShown?.of !== current || this.lastShown.by !== setup)
      this.lastShown = { of: current, by: setup, file: shownFile(current, setup.mapping, fields) }
    return this.lastShown.file
  }

  /** The file as the window gets it. */
  view(importId: string, name: string): ImportFile {
    const { current, fields, isFirstRowHeader } = this
    const { mapping } = this.setup
    return {
      ...{ importId, file: name, rows: current.rows.length, detected: this.detected },
      ...{ columns: columnsFor(current, mapping, fields), fields, mapping, notes: current.notes },
      ...(this.file.headerRow !== undefined && { isFirstRowHeader }),
      ...(this.file.separator !== undefined && { separator: this.file.separator }),
      ...(this.file.isStructured && { isStructured: true as const }),
    }
  }

  /** The columns with their first cells, as this mapping allows to show them. */
  columnsBy(mapping: ImportMapping): readonly ImportColumn[] {
    return columnsFor(this.current, mapping, this.fields)
  }

  /**
   * Reads the same file with another separator, or as it was first read. Changes of rows are kept for each way to read it.
   * Errors: FleetError `rejected` for an unknown separator, and those of reading.
   */
  async setSeparator(separator: string, read: (separator?: string) => Promise<CsvFile>): Promise<void> {
    const isDetected = separator === this.detected
    if (!isDetected && !separators.some((each) => each === separator))
      throw new FleetError({ code: 'rejected', message: 'This separator is not offered' })
    const file = isDetected ? await read() : await read(separator)
    this.use(file, this.headers.get(file.separator ?? ''))
  }

  /** Whether the first row names the columns. Changes of rows are kept for each way to read the file. */
  setFirstRow(isHeader: boolean): void {
    const { file } = this
    if (file.headerRow === undefined) return
    this.use(file, isHeader)
    this.headers.set(file.separator ?? '', isHeader)
  }

  private use(file: CsvFile, isHeader: boolean | undefined): void {
    const current = withFirstRow(file, this.fields, isHeader)
    this.file = file
    this.isFirstRowHeader = current === file
    this.current = this.changed.get(this.way) ?? current
    this.setup = { mapping: suggestMapping(current, this.fields) }
    this.states = this.unplanned()
  }

  private get way(): string {
    return `${this.file.separator ?? ''} ${this.isFirstRowHeader}`
  }

  /** Throws `rejected` for what does not fit the file or leaves out a required field. */
  set(setup: ImportSetup): void {
    checkMapping(setup, this.current, this.fields)
    this.setup = setup
    this.states = this.unplanned()
  }

  /** Throws `rejected` if one of the fields is required and has neither a column nor a value. */
  require(fields: readonly FieldSpec[]): void {
    checkRequired(this.setup, fields)
  }

  /**
   * Changes rows. Throws `not-found` for one that the file does not have. Returns a function that makes them as they were,
   * unless they were changed again.
   */
  change({ rows: ids, values, isExcluded }: ImportChange): () => void {
    const wanted = new Set(ids)
    const rows = this.rows.map((row, at): FileRow => {
      const { state, isFlagged, isExpired } = this.stateOf(at)
      const isMeant = isExcluded === false ? isExpired === true : state === 'create' && isFlagged === true
      if (ids === undefined ? !isMeant : !wanted.delete(String(row.line))) return row
      const corrected = values === undefined ? row : this.corrected(row, values)
      return { ...corrected, ...(isExcluded !== undefined && { isExcluded }) }
    })
    if (wanted.size > 0) throw new FleetError({ code: 'not-found', message: 'The file does not have this row' })
    const [before, way] = [this.current, this.way]
    const after = { ...before, rows }
    this.current = after
    this.changed.set(way, after)
    return () => {
      if (this.changed.get(way) === after) this.changed.set(way, before)
      if (this.current === after) this.current = before
    }
  }

  /** In a row with too many cells none is known to be in its column, so that all are replaced. */
  private corrected(row: FileRow, values: Readonly<Record<string, string>>): FileRow {
    const { line, problem, own, isExcluded } = row
    const cells = problem === undefined ? this.header.map((_, at) => row.cells[at] ?? '') : this.header.map(() => '')
    const given = { ...own }
    for (const { at, field, fixed } of this.columns) {
      const text = values[field.key]
      if (text === undefined) continue
      if (fixed === undefined) cells[at] = text
      else given[field.key] = text
    }
    return { line, cells, own: given, ...(isExcluded !== undefined && { isExcluded }) }
  }
}
