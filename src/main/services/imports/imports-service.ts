import { basename, parse } from 'node:path'
import type { ImportFile, ImportMapping, ImportPlan, ImportRow } from '@shared/domain/import'
import type { JobId } from '@shared/domain/job'
import type { Page, PageQuery } from '@shared/domain/page'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { ListId } from '@shared/resources/ids'
import { listOf } from '@shared/resources/registry'
import type { PbxReader } from '../../portsip/pbx-client'
import { writeAtomic } from '../../storage/write-atomic'
import type { Files } from '../exports/files-host'
import { systemAddresses, type AddressSources } from '../ip-rules/addresses'
import type { Jobs } from '../jobs'
import { applyRows } from './apply-rows'
import { listTarget } from './list-target'
import { OpenImport, type PlanContext } from './open-import'
import { ruleTarget } from './rule-target'
import type { ImportTarget, RowAhead } from './target'
import type { Approved } from '../writes/approved'
import type { Writer } from '../writes/writer'

export interface ImportsDeps {
  readonly reader: (serverId: ServerId) => PbxReader
  readonly writer: Writer
  readonly record: (serverId: ServerId) => ServerRecord
  /** The version of the PBX, where it is known. */
  readonly version: (serverId: ServerId) => string | undefined
  readonly jobs: Pick<Jobs, 'start'>
  readonly files: Pick<Files, 'readImport'>
  readonly addresses?: AddressSources
  /** The address under which the PBX told that it sees this app. */
  readonly seenAs?: (serverId: ServerId) => string | undefined
  readonly now?: () => number
  readonly targetOf?: (resource: ListId, version: string | undefined) => ImportTarget
}

type ById = { readonly importId: string }

/** A plan that was compared with the server longer ago is compared again before it is sent. */
const freshMs = 60_000
/** A window that was closed without saying so leaves plans behind: the oldest ones go. */
const keptMax = 4

/** Imports of CSV files: read, set to fields, tried without sending, sent as a job, and told row by row. The rows stay in main. */
export class ImportsService {
  private readonly open = new Map<string, OpenImport>()

  constructor(private readonly deps: ImportsDeps) {}

  /** Reads a file for a server. Errors: FleetError `disk`, `damaged`, `cancelled`, `not-found`. */
  async read(serverId: ServerId, resource: ListId, path: string, signal?: AbortSignal): Promise<ImportFile> {
    const server = this.deps.record(serverId)
    const version = this.deps.version(serverId)
    const target = this.deps.targetOf?.(resource, version) ?? this.targetOf(serverId, resource, version)
    const opened = new OpenImport(server, target, path, await this.deps.files.readImport(path, signal))
    this.open.set(opened.id, opened)
    for (const each of [...this.open.values()].slice(0, -keptMax)) if (each.stage !== 'running') this.drop(each)
    return opened.view()
  }

  /** Sets the file's columns and plans its rows (GET of the list). Errors: FleetError `rejected`, and those of reading. */
  map({ importId, mapping }: ById & { readonly mapping: ImportMapping }): Promise<ImportPlan> {
    const opened = this.find(importId)
    return opened.map(mapping, this.context(opened))
  }

  /** The plan as it stands, or what became of it. */
  get({ importId }: ById): ImportPlan {
    return this.find(importId).plan()
  }

  rows({ importId, query }: ById & { readonly query: PageQuery }): Page<ImportRow> {
    return this.find(importId).rows(query)
  }

  retry({ importId }: ById): Promise<ImportPlan> {
    const opened = this.find(importId)
    return opened.retry(this.context(opened))
  }

  /** Starts the job that sends the rows, after the protection level, a second look at the server where the first is old, and the guards. */
  async apply({
    importId,
    confirmation,
  }: ById & { readonly confirmation: Confirmation }): Promise<{ readonly jobId: JobId }> {
    const opened = this.find(importId)
    const context = this.context(opened)
    if (opened.stage !== 'plan') throw new FleetError({ code: 'conflict', message: 'There is no plan to be sent' })
    opened.stage = 'running'
    try {
      const safetyChecks = async (): Promise<readonly Guard[]> => {
        const moved = await opened.refresh(freshMs, context)
        if (!moved) return opened.plan().guards
        throw new FleetError({
          code: 'conflict',
          message: 'The preview is out of date',
          hint: 'It was updated. Review it, then confirm.',
        })
      }
      const approved = await this.deps.writer.approve(opened.server.id, confirmation, {
        safetyChecks,
        source: { kind: 'import', file: basename(opened.path) },
      })
      opened.stage = 'running'
      return { jobId: this.start(opened, approved, context.client) }
    } catch (error) {
      opened.stage = 'plan'
      throw error
    }
  }

  /** Writes the rows with what became of them, or the wrong ones, as CSV without secrets. Errors: FleetError `disk`. */
  async save({ importId, which, path }: ById & { readonly which: 'wrong' | 'result'; readonly path: string }) {
    await writeAtomic(path, this.find(importId).csv(which))
  }

  /** A name for that file. */
  nameFor({ importId, which }: ById & { readonly which: 'wrong' | 'result' }): string {
    return `${parse(this.find(importId).path).name} ${which === 'wrong' ? 'invalid rows' : 'result'}.csv`
  }

  /** Forgets an import; one that was forgotten already is no error. A job that runs goes on. */
  close({ importId }: ById): void {
    const opened = this.open.get(importId)
    if (opened !== undefined) this.drop(opened)
  }

  /** Forgets the imports of servers that were removed. */
  forget(serverIds: readonly ServerId[]): void {
    for (const opened of this.open.values()) if (serverIds.includes(opened.server.id)) this.drop(opened)
  }

  private start(opened: OpenImport, approved: Approved, reader: PbxReader): JobId {
    const { target, server } = opened
    const rows = opened.ahead()
    const many = rows.length === 1 ? `1 ${target.one}` : `${rows.length.toLocaleString('en')} ${target.many}`
    return this.deps.jobs.start({
      kind: 'import',
      title: `Import ${many} into ${server.name}`,
      serverId: server.id,
      resource: target.resource,
      run: async (job) => {
        try {
          const labelOf = ({ line, values }: RowAhead): string => `Row ${line} (${target.identities(values)[0] ?? ''})`
          await applyRows(
            {
              target,
              approved,
              reader,
              rows,
              labelOf,
              clean: (row, text) => opened.clean(row, text),
              settle: (row, state) => opened.settle(row, state),
            },
            job,
          )
        } finally {
          opened.stage = 'result'
        }
      },
    })
  }

  private context(opened: OpenImport): PlanContext {
    const { id } = opened.server
    return { client: this.deps.reader(id), server: this.deps.record(id), now: (this.deps.now ?? Date.now)() }
  }

  private targetOf(serverId: ServerId, resource: ListId, version: string | undefined): ImportTarget {
    return resource === 'ip-rules'
      ? ruleTarget(this.deps.addresses ?? systemAddresses, () => this.deps.seenAs?.(serverId))
      : listTarget(listOf(resource), version)
  }

  private drop(opened: OpenImport): void {
    opened.close()
    this.open.delete(opened.id)
  }

  private find(importId: string): OpenImport {
    const opened = this.open.get(importId)
    if (opened !== undefined) return opened
    throw new FleetError({
      code: 'not-found',
      message: 'This import is not open any more',
      hint: 'Choose the file again.',
    })
  }
}
