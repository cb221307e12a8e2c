import { randomUUID } from 'node:crypto'
import { parse } from 'node:path'
import type {
  AddedServers,
  ImportChange,
  ImportColumn,
  ImportFile,
  ImportMapping,
  ImportPlan,
  ImportRow,
  ImportSetup,
  ImportState,
} from '@shared/domain/import'
import type { Page, PageQuery } from '@shared/domain/page'
import { serverColumns } from '@shared/domain/server-columns'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { writeAtomic } from '../../storage/write-atomic'
import { toAppError } from '../../to-app-error'
import type { Files } from '../exports/files-host'
import { countStates } from '../imports/check-rows'
import { copiedSource, fileSource, type ImportSource } from '../imports/import-source'
import { ImportTable } from '../imports/import-table'
import { OpenImports } from '../imports/open-imports'
import { stateWords } from '../imports/result-file'
import { checkServers, type NewServer } from './server-rows'
import type { WorkspaceService } from './workspace-service'

export interface ServerImportsDeps {
  readonly files: Pick<Files, 'readImport' | 'readCopied'>
  readonly workspace: Pick<WorkspaceService, 'list' | 'addAll'>
  /** Saves a password in the keychain. */
  readonly remember: (serverId: ServerId, password: string) => Promise<void>
  readonly now?: () => number
}

type ById = { readonly importId: string }

interface Opened {
  readonly id: string
  readonly source: ImportSource
  readonly table: ImportTable
  /** The servers of the rows that can be added; undefined before the columns are mapped. */
  servers?: readonly NewServer[] | undefined
  /** Whether its servers were added; the other rows are kept for the result. */
  isApplied?: boolean
}

/** What became of a row, in the saved result. */
const outcomes: Readonly<Record<ImportState, string>> = {
  ...stateWords,
  create: 'added',
  readOnly: 'not added',
}

/** Which rows are saved. */
interface SavedRows {
  readonly which?: 'wrong' | 'result'
}

/** Servers from CSV files and copied rows into the workspace. The rows stay in main; no server is contacted. */
export class ServerImports {
  private readonly open = new OpenImports<Opened>()

  constructor(private readonly deps: ServerImportsDeps) {}

  /** Errors: FleetError `disk`, `damaged`, `cancelled`. */
  read(path: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(fileSource(this.deps.files, path, serverColumns), signal)
  }

  /** The same for rows that were copied. */
  paste(text: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(copiedSource(this.deps.files, text, serverColumns), signal)
  }

  has(importId: string): boolean {
    return this.open.has(importId)
  }

  /** Sets the columns and checks every row. Errors: FleetError `rejected`. */
  map({ importId, ...setup }: ById & ImportSetup): ImportPlan {
    const opened = this.pending(importId)
    opened.table.set(setup)
    return this.check(opened)
  }

  /** The columns with their first cells, as this mapping allows to show them. */
  columns({ importId, mapping }: ById & { readonly mapping: ImportMapping }): readonly ImportColumn[] {
    return this.open.find(importId).table.columnsBy(mapping)
  }

  /** Says whether the first row of the file names its columns. Errors: FleetError `damaged` if there is no other row. */
  setFirstRow({ importId, isHeader }: ById & { readonly isHeader: boolean }): ImportFile {
    const opened = this.pending(importId)
    opened.table.setFirstRow(isHeader)
    return this.reread(opened)
  }

  /** Reads the file with another separator. Errors: FleetError `disk`, `damaged`. */
  async setSeparator({ importId, separator }: ById & { readonly separator: string }): Promise<ImportFile> {
    const opened = this.pending(importId)
    await opened.table.setSeparator(separator, (wanted) => opened.source.read(undefined, wanted))
    return this.reread(opened)
  }

  /** Corrects rows or leaves them out, and checks all again. Errors: FleetError `rejected`, `not-found`. */
  change({ importId, ...change }: ById & ImportChange): ImportPlan {
    const opened = this.pending(importId)
    this.checked(opened)
    opened.table.change(change)
    return this.check(opened)
  }

  rows({ importId, query }: ById & { readonly query: PageQuery }): Page<ImportRow> {
    return this.open.find(importId).table.page(query)
  }

  /**
   * Adds the servers and saves their passwords. The rows are compared with the workspace once more before. The import
   * is closed if all rows were added; otherwise the rows and the result can still be read. Errors: FleetError `conflict`
   * if the workspace changed what can be added, `disk`.
   */
  async apply({ importId }: ById): Promise<AddedServers> {
    const { workspace, remember } = this.deps
    const opened = this.pending(importId)
    const before = this.checked(opened)
    this.check(opened)
    const servers = this.checked(opened)
    if (servers.length !== before.length)
      throw new FleetError({
        code: 'conflict',
        message: 'The workspace has changed since the preview. Nothing was added.',
        hint: 'The rows were compared again: check them, then add the servers.',
      })
    const added = servers.map((server) => ({ ...server, id: randomUUID() }))
    opened.servers = undefined
    try {
      await workspace.addAll(added.map(({ draft, id }) => ({ draft, extra: { id } })))
    } catch (error) {
      opened.servers = servers
      throw error
    }
    opened.isApplied = true
    const { table } = opened
    if (table.states.every(({ state }) => state === 'create')) this.open.close(importId)
    const failed: { readonly id: string; readonly serverName: string; readonly message: string }[] = []
    const withPassword = added.filter(({ password }) => password !== '')
    for (const { id, draft, password } of withPassword)
      await remember(id, password).catch((error: unknown) =>
        failed.push({ id, serverName: draft.name, message: toAppError(error).message }),
      )
    const unsaved = new Map(failed.map(({ id, message }) => [id, `Added. The password was not saved: ${message}`]))
    // The servers are those of the rows to create, in the order of the file.
    const ids = added.map(({ id }) => id).values()
    table.states = table.states.map((state) => {
      const reason = state.state === 'create' ? unsaved.get(ids.next().value ?? '') : undefined
      return reason === undefined ? state : { ...state, reason }
    })
    return {
      ...{ added: added.length, passwords: withPassword.length - failed.length },
      failed: failed.map(({ serverName, message }) => ({ serverName, message })),
    }
  }

  /** Writes the wrong rows, or all rows with what became of them, as CSV without passwords. Errors: FleetError `disk`. */
  save({ importId, which = 'wrong', path }: ById & SavedRows & { readonly path: string }): Promise<void> {
    const { table } = this.open.find(importId)
    if (which === 'wrong') return writeAtomic(path, table.wrongCsv())
    const rows = table.states.map(({ state, reason }, at) => ({ at, outcome: outcomes[state], reason }))
    return writeAtomic(path, table.resultCsv(rows))
  }

  nameFor({ importId, which = 'wrong' }: ById & SavedRows): string {
    const { name } = parse(this.open.find(importId).source.name)
    return `${name} ${which === 'wrong' ? 'invalid rows' : 'result'}.csv`
  }

  close({ importId }: ById): void {
    this.open.close(importId)
  }

  private async add(source: ImportSource, signal?: AbortSignal): Promise<ImportFile> {
    const opened = { id: randomUUID(), source, table: new ImportTable(await source.read(signal), serverColumns) }
    this.open.add(opened)
    return opened.table.view(opened.id, source.name)
  }

  /** One whose servers were not added yet. */
  private pending(importId: string): Opened {
    const opened = this.open.find(importId)
    if (opened.isApplied === true)
      throw new FleetError({ code: 'conflict', message: 'This import has already been applied' })
    return opened
  }

  private reread(opened: Opened): ImportFile {
    opened.servers = undefined
    return opened.table.view(opened.id, opened.source.name)
  }

  private check(opened: Opened): ImportPlan {
    const { table } = opened
    const { states, servers } = checkServers(table.columns, table.rows, this.deps.workspace.list())
    table.states = states
    opened.servers = servers
    const checkedAt = new Date((this.deps.now ?? Date.now)()).toISOString()
    return { ...countStates(states), guards: [], warnings: [], checkedAt }
  }

  private checked({ servers }: Opened): readonly NewServer[] {
    if (servers !== undefined) return servers
    throw new FleetError({ code: 'rejected', message: 'The columns of this file are not mapped yet' })
  }
}
