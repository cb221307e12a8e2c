import { countText } from '@shared/format/count-text'
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
import type { ServerId } from '@shared/domain/server'
import type { PlanSummary } from '@shared/domain/plan'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { ListId } from '@shared/resources/ids'
import { writeAtomic } from '../../storage/write-atomic'
import type { Files } from '../exports/files-host'
import { OpenImport, type PlanContext } from './open-import'
import { copiedSource, fileSource, type ImportSource } from './import-source'
import { OpenImports } from './open-imports'
import { describedTarget, type TargetOf } from '../lists/target-of'
import type { PlanShelf } from '../plans/plan-shelf'
import type { PlansService } from '../plans/plans-service'
import type { Servers } from '../../servers/servers'

export interface ImportsDeps {
  readonly servers: Pick<Servers, 'reader' | 'record'>
  readonly targetOf: TargetOf
  readonly plans: Pick<PlansService, 'applyNew'>
  readonly shelf: Pick<PlanShelf, 'steps'>
  readonly files: Pick<Files, 'readImport' | 'readCopied'>
  readonly now?: () => number
}

type ById = { readonly importId: string }

/** Imports of CSV files: read, set to fields, previewed, and applied as a plan. The rows stay in main. */
export class ImportsService {
  private readonly open = new OpenImports<OpenImport>()

  constructor(private readonly deps: ImportsDeps) {}

  /** Reads a file for a server. Errors: FleetError `disk`, `damaged`, `cancelled`, `not-found`. */
  async read(serverId: ServerId, resource: ListId, path: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(serverId, resource, fileSource(this.deps.files, path, describedTarget(resource).fields), signal)
  }

  /** The same for rows that were copied. */
  async paste(serverId: ServerId, resource: ListId, text: string, signal?: AbortSignal): Promise<ImportFile> {
    return this.add(serverId, resource, copiedSource(this.deps.files, text, describedTarget(resource).fields), signal)
  }

  /** Sets the file's columns and plans its rows (GET of the list). Errors: FleetError `rejected`, and those of reading. */
  map({ importId, ...setup }: ById & ImportSetup): Promise<ImportPlan> {
    const opened = this.open.find(importId)
    return opened.map(setup, this.context(opened))
  }

  /** The columns with their first cells, as this mapping allows to show them. */
  columns({ importId, mapping }: ById & { readonly mapping: ImportMapping }): readonly ImportColumn[] {
    return this.open.find(importId).columns(mapping)
  }

  /** Says whether the first row of the file names its columns. Errors: FleetError `damaged` if there is no other row. */
  setFirstRow({ importId, isHeader }: ById & { readonly isHeader: boolean }): ImportFile {
    return this.open.find(importId).setFirstRow(isHeader)
  }

  /** Reads the file with another separator. Errors: FleetError `disk`, `damaged`. */
  setSeparator({ importId, separator }: ById & { readonly separator: string }): Promise<ImportFile> {
    return this.open.find(importId).setSeparator(separator)
  }

  /** Corrects rows or leaves them out, and plans all again. Errors: FleetError `rejected`, `not-found`, and those of reading. */
  change({ importId, ...change }: ById & ImportChange): Promise<ImportPlan> {
    const opened = this.open.find(importId)
    return opened.change(change, this.context(opened))
  }

  /** What it would do, as it was found last. */
  get({ importId }: ById): ImportPlan {
    return this.open.find(importId).plan()
  }

  rows({ importId, query }: ById & { readonly query: PageQuery }): Page<ImportRow> {
    return this.open.find(importId).rows(query)
  }

  /** Makes a plan of the rows and applies it. Harm that the preview did not show is a conflict; the preview is up to date then. */
  async apply({ importId, confirmation }: ById & { readonly confirmation: Confirmation }): Promise<PlanSummary> {
    const opened = this.open.find(importId)
    const { server, target } = opened
    const { counts, guards } = opened.plan()
    if (opened.planId !== undefined || opened.isApplying)
      throw new FleetError({ code: 'conflict', message: 'This import has already been applied' })
    opened.isApplying = true
    const what = countText(counts.create, target.singular, target.plural)
    const title = `Import ${what} into ${server.name}`
    try {
      const source = { kind: 'import', file: opened.source.name } as const
      const plan = { title, serverId: server.id, source, ...opened.steps(), guards }
      const summary = await this.deps.plans.applyNew(plan, confirmation)
      opened.planId = summary.id
      return summary
    } catch (error) {
      if (error instanceof FleetError && error.detail.code === 'conflict') await opened.preview(this.context(opened))
      throw error
    } finally {
      opened.isApplying = false
    }
  }

  /** Writes the rows with what became of them, or the wrong ones, as CSV without secrets. Errors: FleetError `disk`. */
  async save({ importId, which, path }: ById & { readonly which: 'wrong' | 'result'; readonly path: string }) {
    const opened = this.open.find(importId)
    const { planId } = opened
    if (which === 'wrong' || planId === undefined) return writeAtomic(path, opened.wrongCsv())
    const { items } = await this.deps.shelf.steps(planId, { offset: 0, limit: opened.rowCount })
    return writeAtomic(path, opened.resultCsv(items))
  }

  /** A name for that file. */
  nameFor({ importId, which }: ById & { readonly which: 'wrong' | 'result' }): string {
    return `${parse(this.open.find(importId).source.name).name} ${which === 'wrong' ? 'invalid rows' : 'result'}.csv`
  }

  /** Forgets an import; one that was forgotten already is no error. Its plan goes on. */
  close({ importId }: ById): void {
    this.open.close(importId)
  }

  /** Forgets the imports of servers that were removed. */
  forget(serverIds: readonly ServerId[]): void {
    this.open.closeWhere(({ server }) => serverIds.includes(server.id))
  }

  private async add(
    serverId: ServerId,
    resource: ListId,
    source: ImportSource,
    signal?: AbortSignal,
  ): Promise<ImportFile> {
    const file = await source.read(signal)
    const server = this.deps.servers.record(serverId)
    const opened = new OpenImport(server, this.deps.targetOf(serverId, resource), source, file)
    this.open.add(opened)
    return opened.view()
  }

  private context(opened: OpenImport): PlanContext {
    const { id } = opened.server
    return {
      client: this.deps.servers.reader(id),
      server: this.deps.servers.record(id),
      now: (this.deps.now ?? Date.now)(),
    }
  }
}
