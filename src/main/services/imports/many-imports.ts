import { parse } from 'node:path'
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
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { writeAtomic } from '../../storage/write-atomic'
import type { Files } from '../exports/files-host'
import { ServerFinder } from '../workspace/server-finder'
import { manyFields, ManyImport, type ManyContext } from './many-import'
import { copiedSource, fileSource, type ImportSource } from './import-source'
import { OpenImports } from './open-imports'

export interface ManyImportsDeps {
  readonly servers: () => readonly ServerRecord[]
  readonly versionOf: (serverId: ServerId) => string | undefined
  readonly files: Pick<Files, 'readImport' | 'readCopied'>
  readonly now?: () => number
}

type ById = { readonly importId: string }

/** Imports of CSV files and copied rows into several servers: read, set to fields and servers. A rollout sends them. The rows stay in main. */
export class ManyImports {
  private readonly open = new OpenImports<ManyImport>()

  constructor(private readonly deps: ManyImportsDeps) {}

  /** Errors: FleetError `disk`, `damaged`, `cancelled`. */
  async read(resource: ListId, path: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(resource, fileSource(this.deps.files, path, manyFields(resource)), signal)
  }

  /** The same for rows that were copied. */
  async paste(resource: ListId, text: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(resource, copiedSource(this.deps.files, text, manyFields(resource)), signal)
  }

  has(importId: string): boolean {
    return this.open.has(importId)
  }

  /** Sets the columns, and the servers of all rows if no column names them. Nothing is read of a server. */
  map({
    importId,
    serverIds,
    ...setup
  }: ById & ImportSetup & { readonly serverIds: readonly ServerId[] }): Promise<ImportPlan> {
    return this.find(importId).map(setup, serverIds, this.context())
  }

  /** The columns with their first cells, as this mapping allows to show them. */
  columns({ importId, mapping }: ById & { readonly mapping: ImportMapping }): readonly ImportColumn[] {
    return this.find(importId).columns(mapping)
  }

  /** Says whether the first row of the file names its columns. Errors: FleetError `damaged` if there is no other row. */
  setFirstRow({ importId, isHeader }: ById & { readonly isHeader: boolean }): ImportFile {
    return this.find(importId).setFirstRow(isHeader)
  }

  /** Reads the file with another separator. Errors: FleetError `disk`, `damaged`. */
  setSeparator({ importId, separator }: ById & { readonly separator: string }): Promise<ImportFile> {
    return this.find(importId).setSeparator(separator)
  }

  /** Corrects rows or leaves them out, and checks all again. Errors: FleetError `rejected`, `not-found`. */
  change({ importId, ...change }: ById & ImportChange): Promise<ImportPlan> {
    return this.find(importId).change(change, this.context())
  }

  rows({ importId, query }: ById & { readonly query: PageQuery }): Page<ImportRow> {
    return this.find(importId).rows(query)
  }

  /** Writes the wrong rows as CSV without secrets. Errors: FleetError `disk`. */
  save({ importId, path }: ById & { readonly path: string }): Promise<void> {
    return writeAtomic(path, this.find(importId).wrongCsv())
  }

  nameFor({ importId }: ById): string {
    return `${parse(this.find(importId).source.name).name} invalid rows.csv`
  }

  close({ importId }: ById): void {
    this.open.close(importId)
  }

  find(importId: string): ManyImport {
    return this.open.find(importId)
  }

  private context(): ManyContext {
    const { servers, versionOf } = this.deps
    const all = servers()
    const readOnly = new Map(
      all.flatMap(({ id, name, protection }) => (protection === 'read-only' ? [[id, name]] : [])),
    )
    return { finder: new ServerFinder(all), versionOf, readOnly, now: (this.deps.now ?? Date.now)() }
  }

  private async add(resource: ListId, source: ImportSource, signal?: AbortSignal): Promise<ImportFile> {
    const opened = new ManyImport(resource, source, await source.read(signal))
    this.open.add(opened)
    return opened.view()
  }
}
