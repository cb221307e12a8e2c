import type { ServerId } from '@shared/domain/server'
import type { MergedPage, MergedPageQuery, MergedRows, RowScope } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { FoundRows } from '@shared/fleet/search'
import { FleetError } from '@shared/ipc/result'
import { realTiming } from '../../portsip/token-bucket'
import { safeCsv } from '../exports/safe-csv'
import { xlsxBytes } from '../exports/write/xlsx'
import { safeCell } from '../exports/cell-safety'
import { RowFiles, type Accounts } from './row-files'
import { RowSaver } from './row-saver'
import { RowStore, type StoredList } from './row-store'
import type { RestoredList, StoredRow } from './stored-row'
import { WordRows } from './word-rows'
import { searchRows } from './row-search'
import { RowView } from './row-view'

/** A list of an earlier run, of which `rows` rows are in the thread now. */
export type RestoredRows = Omit<RestoredList, 'rows' | 'account'> & { readonly rows: number }

export interface SavedRows {
  readonly bytes: Uint8Array
  readonly rows: number
}

/**
 * The rows of all servers and the tables over them. The app keeps them in a thread (`rows-program.ts`), so arguments and
 * replies are plain data. Errors: FleetError `not-found` for a table that is not open.
 */
export interface Rows {
  /** The names of all servers, to show, sort and search. */
  setNames(names: ReadonlyMap<ServerId, string>): Promise<void>
  /** `account` is the address and the user that it is read with; `scope` is set if it does not see all of the server. */
  begin(serverId: ServerId, resource: MergedId, readAt: string, account: string, scope?: RowScope): Promise<void>
  append(serverId: ServerId, resource: MergedId, rows: readonly StoredRow[]): Promise<void>
  /** `isComplete` is false if the PBX counts more rows than it returned. */
  end(serverId: ServerId, resource: MergedId, isComplete: boolean): Promise<void>
  abandon(serverId: ServerId, resource: MergedId): Promise<void>
  forget(serverIds: readonly ServerId[]): Promise<void>
  /**
   * Reads the rows that earlier runs have read with the accounts that the servers have now, and from now on stores
   * complete lists in the folder.
   */
  restore(folder: string, key: Uint8Array, accounts: Accounts): Promise<readonly RestoredRows[]>
  /** Writes what is not stored yet. */
  flush(): Promise<void>
  open(viewId: string, resource: MergedId): Promise<void>
  close(viewId: string): Promise<void>
  page(viewId: string, query: MergedPageQuery): Promise<MergedPage>
  /** The selected rows as tab-separated text, with the texts of the table. */
  copy(viewId: string, rows: MergedRows): Promise<{ readonly text: string; readonly rows: number }>
  /** The selected rows as a file, with the values of the API. `notes` are rows of one cell at the end. */
  save(viewId: string, rows: MergedRows, format: 'csv' | 'xlsx', notes: readonly string[]): Promise<SavedRows>
  /** Searches the rows of all servers; `max` limits the hits, `now` decides which rules have expired. */
  search(text: string, max: number, now: number): Promise<FoundRows>
}

/** A tab or a line break within a cell would shift the cells behind it; a spreadsheet runs pasted formulas. */
const pasteable = (cell: string): string => safeCell(cell).replace(/[\t\r\n]+/g, ' ')

/** Does the work in this thread. */
export class RowsHost implements Rows {
  private readonly store = new RowStore()
  private readonly views = new Map<string, RowView>()
  private readonly words = new WordRows()
  private saver: RowSaver | undefined
  private names: ReadonlyMap<ServerId, string> = new Map()

  async setNames(names: ReadonlyMap<ServerId, string>): Promise<void> {
    this.names = names
  }

  async restore(folder: string, key: Uint8Array, accounts: Accounts): Promise<readonly RestoredRows[]> {
    const files = new RowFiles(folder, key)
    const restored: RestoredRows[] = []
    for await (const list of files.readAll(accounts)) {
      const { account: _account, rows, ...about } = list
      if (this.store.restore(list)) restored.push({ ...about, rows: rows.length })
    }
    const isCurrent = (list: StoredList): boolean => this.store.list(list.serverId, list.resource) === list
    this.saver = new RowSaver(files, isCurrent, realTiming.after)
    const isRestored = new Set(restored.map(({ serverId, resource }) => this.store.list(serverId, resource)))
    for (const list of this.store.all()) if (list.isComplete && !isRestored.has(list)) this.saver.changed(list)
    return restored
  }

  async flush(): Promise<void> {
    await this.saver?.flush()
  }

  async begin(
    serverId: ServerId,
    resource: MergedId,
    readAt: string,
    account: string,
    scope?: RowScope,
  ): Promise<void> {
    this.store.begin(serverId, resource, readAt, account, scope)
  }

  async append(serverId: ServerId, resource: MergedId, rows: readonly StoredRow[]): Promise<void> {
    this.store.append(serverId, resource, rows)
  }

  async end(serverId: ServerId, resource: MergedId, isComplete: boolean): Promise<void> {
    const list = this.store.end(serverId, resource, isComplete)
    if (list !== undefined && isComplete) this.saver?.changed(list)
  }

  async abandon(serverId: ServerId, resource: MergedId): Promise<void> {
    this.store.abandon(serverId, resource)
  }

  async forget(serverIds: readonly ServerId[]): Promise<void> {
    this.store.forget(serverIds)
    // A file that is being written would come after its removal.
    await this.saver?.flush()
  }

  async open(viewId: string, resource: MergedId): Promise<void> {
    this.views.set(viewId, new RowView(this.store, resource, (id) => this.names.get(id) ?? id))
  }

  async close(viewId: string): Promise<void> {
    this.views.delete(viewId)
  }

  async page(viewId: string, query: MergedPageQuery): Promise<MergedPage> {
    return this.view(viewId).page(query)
  }

  async copy(viewId: string, rows: MergedRows): Promise<{ text: string; rows: number }> {
    const table = this.view(viewId).texts(rows, 'shown')
    const lines = [table.header, ...table.rows].map((cells) => cells.map(pasteable).join('\t'))
    return { text: lines.join('\n'), rows: table.rows.length }
  }

  async save(viewId: string, rows: MergedRows, format: 'csv' | 'xlsx', notes: readonly string[]): Promise<SavedRows> {
    const table = this.view(viewId).texts(rows, 'plain')
    const body = [...table.rows, ...notes.map((note) => [note])]
    const bytes =
      format === 'csv'
        ? new TextEncoder().encode(safeCsv(table.header, body))
        : await xlsxBytes(
            table.header,
            body.map((cells) => cells.map((cell) => safeCell(cell))),
          )
    return { bytes, rows: table.rows.length }
  }

  async search(text: string, max: number, now: number): Promise<FoundRows> {
    const { words } = this
    return searchRows(this.store.all(), text, { names: (id) => this.names.get(id) ?? id, max, now, words })
  }

  private view(viewId: string): RowView {
    const view = this.views.get(viewId)
    if (view === undefined)
      throw new FleetError({ code: 'not-found', message: 'This table is no longer open', hint: 'Open it again.' })
    return view
  }
}
