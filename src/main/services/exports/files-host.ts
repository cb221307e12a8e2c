import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { ExportColumn, ExportFormat, ExportRow } from '@shared/domain/export'
import { fileLimits } from '@shared/limits/files'
import type { ListQuery, Page, PageQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import type { PlanFile } from '@shared/rollout/plan-file'
import { visibleText } from '@shared/domain/visible-text'
import { parseCopied, readImport, type CsvFile, type ReadOptions } from '../imports/read-import'
import { readTable } from './read/read-file'
import type { TextTable } from './table'
import { TableQuery } from './table-query'

export interface OpenedTable {
  readonly viewId: string
  readonly columns: readonly ExportColumn[]
  readonly count: number
  readonly notes: readonly string[]
}

export interface CopyRequest {
  readonly query: ListQuery
  /** Places of the selected rows; without it, all rows that match the query. */
  readonly ids?: readonly string[] | undefined
  readonly except?: readonly string[] | undefined
  readonly columns: readonly string[]
}

/**
 * The heavy work on files. The app does it in other processes (`files-program.ts`), so arguments and replies are plain data; an aborted `signal` ends the work.
 * Errors of all: FleetError `disk`, `damaged` (also beyond a limit), `cancelled`, `not-found` for a table that is not open.
 */
export interface Files {
  /** Resolves when the next call needs no start of a process. */
  ready(): Promise<void>
  open(file: string, format?: ExportFormat, keys?: readonly string[], signal?: AbortSignal): Promise<OpenedTable>
  rows(viewId: string, query: PageQuery): Promise<Page<ExportRow>>
  copy(viewId: string, request: CopyRequest): Promise<{ readonly text: string; readonly rows: number }>
  close(viewId: string): Promise<void>
  xlsx(header: readonly string[], rows: readonly (readonly string[])[]): Promise<Uint8Array>
  /** Reads a CSV file for an import; see `parseImport` for `raw`. */
  readImport(path: string, signal?: AbortSignal, options?: ReadOptions): Promise<CsvFile>
  /** The same for rows that were copied. */
  readCopied(text: string, signal?: AbortSignal, options?: ReadOptions): Promise<CsvFile>
  /** Reads and checks a plan of a colleague. */
  readPlan(path: string): Promise<PlanFile>
}

const shortLength = 200

interface View {
  readonly table: TextTable
  readonly query: TableQuery
  /** Whether what is left of the file is being read. */
  ahead: boolean
}

/** The window gets the cells of a page as they are, until they are more text than a page may have. */
function shortener(): (cell: string) => string {
  let room: number = fileLimits.pageLength
  return (cell) => {
    room -= cell.length
    return room > 0 || cell.length <= shortLength ? cell : `${cell.slice(0, shortLength)}…`
  }
}

/** A tab or a line break within a cell would shift the cells behind it. */
const pasteable = (cell: string): string => visibleText(cell)

/** Does the work in this process. */
export class FilesHost implements Files {
  private readonly views = new Map<string, View>()

  async ready(): Promise<void> {
    // Here it always is.
  }

  async open(file: string, format?: ExportFormat, keys?: readonly string[]): Promise<OpenedTable> {
    const table = await readTable(file, format, keys)
    const viewId = randomUUID()
    this.views.set(viewId, { table, query: new TableQuery(table), ahead: false })
    return { viewId, columns: table.columns, count: table.count, notes: table.notes }
  }

  async rows(viewId: string, { offset, limit, ...query }: PageQuery): Promise<Page<ExportRow>> {
    const view = this.view(viewId)
    const { table, query: found } = view
    const places = found.rows(query)
    if (!view.ahead) void this.readAhead(viewId, view)
    const shortened = shortener()
    const items = Array.from(places.subarray(offset, offset + limit), (place) => {
      const row = table.row(place)
      const cells = table.columns.map(({ key }, index) => [key, shortened(row[index] ?? '')] as const)
      return { ...Object.fromEntries(cells), row: String(place) }
    })
    return { items, count: places.length }
  }

  async copy(
    viewId: string,
    { query, ids, except = [], columns }: CopyRequest,
  ): Promise<{ text: string; rows: number }> {
    const { table, query: found } = this.view(viewId)
    const selected = new Set(ids)
    const left = new Set(except)
    const places = [...found.rows(query)].filter((place) =>
      ids === undefined ? !left.has(String(place)) : selected.has(String(place)),
    )
    const shown = columns.map((key) => table.columns.findIndex((column) => column.key === key)).filter((at) => at >= 0)
    const header = shown.map((at) => table.columns[at]?.label ?? '').join('\t')
    const all = table.all()
    const lines = places.map((place) => shown.map((at) => pasteable(all[place]?.[at] ?? '')).join('\t'))
    return { text: [header, ...lines].join('\n'), rows: places.length }
  }

  async close(viewId: string): Promise<void> {
    this.views.delete(viewId)
  }

  async xlsx(header: readonly string[], rows: readonly (readonly string[])[]): Promise<Uint8Array> {
    return (await import('./write/xlsx')).xlsxBytes(header, rows)
  }

  readImport(path: string, _signal?: AbortSignal, options?: ReadOptions): Promise<CsvFile> {
    return readImport(path, options)
  }

  async readCopied(text: string, _signal?: AbortSignal, options?: ReadOptions): Promise<CsvFile> {
    return parseCopied(text, options)
  }

  async readPlan(path: string): Promise<PlanFile> {
    return (await import('../plan-files/read-plan-file')).readPlanFile(path)
  }

  /** Once a page was answered, so that the first search need not wait for the whole file; other calls come in between. */
  private async readAhead(viewId: string, view: View): Promise<void> {
    view.ahead = true
    do await setImmediate()
    while (this.views.has(viewId) && view.table.readOn())
  }

  private view(viewId: string): View {
    const view = this.views.get(viewId)
    if (view === undefined)
      throw new FleetError({ code: 'not-found', message: 'This export is no longer open', hint: 'Open it again.' })
    return view
  }
}
