import type { JobId } from '@shared/domain/job'
import type { Page, PageQuery } from '@shared/domain/page'
import type { PbxRecord, RecordCheck, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Confirmation, Guard, WriteOutcome } from '@shared/domain/write'
import { dangersOf } from '@shared/resources/danger'
import type { ListId, ResourceId } from '@shared/resources/ids'
import { valueAt } from '@shared/resources/nested'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { Resource } from '@shared/resources/resource'
import { valueText } from '@shared/resources/value-text'
import type { PbxClient } from '../../portsip/pbx-client'
import { destroyRecord, listRecords, showRecord, wholeList } from '../../portsip/records'
import { destroyMany } from '../destroy-many'
import { enforceGuards } from '../enforce-guards'
import type { Jobs } from '../jobs'
import { enforceProtection } from '../protection'
import { recordHooks } from './hooks'
import { localPage } from './local-query'
import { checkedValues, refused } from './record-values'
import { publicRecord, recordView } from './view'
import { createAndRead, readUnchanged, updateAndRead } from './write-record'

export interface RecordsDeps {
  readonly client: (serverId: ServerId) => PbxClient
  readonly record: (serverId: ServerId) => ServerRecord
  readonly jobs: Pick<Jobs, 'start'>
  /** What is known of whoever is signed in, and of the PBX. */
  readonly session?: (serverId: ServerId) => Pick<SessionState, 'role' | 'version'>
  readonly now?: () => number
}

type At<I extends ResourceId = ResourceId> = { readonly serverId: ServerId; readonly resource: I }
type Confirmed = { readonly confirmation: Confirmation }
type WithId = { readonly id?: string | undefined }

/** The harm that the fields themselves know of: a guard where it stops the write, else a warning. */
function withDangers({ fields }: Resource, changes: RecordValues): RecordCheck {
  const dangers = dangersOf(fields, changes)
  return {
    guards: dangers
      .filter(({ stops }) => stops)
      .map(({ text }) => ({ kind: 'unsafe-value', message: text, addresses: [] })),
    warnings: dangers.filter(({ stops }) => !stops).map(({ text }) => text),
  }
}

/** Any described resource of any server: reading, and writes that are checked here again at the moment they are sent. */
export class RecordsService {
  constructor(private readonly deps: RecordsDeps) {}

  /** GET of a list, one page of any size. */
  async list({ serverId, resource, query }: At<ListId> & { readonly query: PageQuery }): Promise<Page<PbxRecord>> {
    const list = listOf(resource)
    const client = this.deps.client(serverId)
    const page = list.paged
      ? await listRecords(client, list, query)
      : localPage(await wholeList(client, list), query, list.fields)
    return { ...page, items: page.items.map((row) => publicRecord(list, row)) }
  }

  /** GET of the resource, or of one of many. */
  async get({ serverId, resource, id }: At & WithId): Promise<RecordView> {
    const described = resourceOf(resource)
    return recordView(described, await showRecord(this.deps.client(serverId), described, id), this.now())
  }

  /** What would come of a write: asked while it is typed and again before it is sent. */
  async check({
    serverId,
    resource,
    id,
    changes,
  }: At & WithId & { readonly changes: RecordValues }): Promise<RecordCheck> {
    const hook = recordHooks[resource]?.check
    const described = resourceOf(resource)
    const fields = withDangers(described, changes)
    if (hook === undefined) return fields
    const [client, server] = [this.deps.client(serverId), this.deps.record(serverId)]
    const isNew = described.kind === 'list' && id === undefined
    const current = isNew ? undefined : await showRecord(client, described, id)
    const { role } = this.session(serverId)
    const known = await hook({
      client,
      server,
      changes,
      ...(role && { role }),
      ...(id !== undefined && { id }),
      ...(current && { current }),
    })
    return { ...known, guards: [...known.guards, ...fields.guards], warnings: [...known.warnings, ...fields.warnings] }
  }

  /** POST of a new one, after the protection level and the guards; then reads it back. */
  async create(args: At<ListId> & Confirmed & { readonly values: RecordValues }): Promise<WriteOutcome<PbxRecord>> {
    const { serverId, resource, values, confirmation } = args
    enforceProtection(this.deps.record(serverId), confirmation)
    checkedValues(resourceOf(resource), 'create', values, values, this.session(serverId).version)
    this.enforceCheck(resource, await this.check({ serverId, resource, changes: values }), confirmation)
    return createAndRead(this.deps.client(serverId), listOf(resource), values)
  }

  /** POST of the changed fields only; somebody else's change since `before` is a conflict. */
  async update(
    args: At & WithId & Confirmed & { readonly before: RecordValues; readonly changes: RecordValues },
  ): Promise<WriteOutcome<PbxRecord>> {
    const { serverId, resource, id, before, changes, confirmation } = args
    enforceProtection(this.deps.record(serverId), confirmation)
    const described = resourceOf(resource)
    checkedValues(described, 'update', changes, before, this.session(serverId).version)
    const client = this.deps.client(serverId)
    this.enforceCheck(resource, await this.check({ serverId, resource, id, changes }), confirmation)
    const current = await readUnchanged(client, described, id, before)
    return updateAndRead(client, described, id, changes, current)
  }

  /** What deleting these would do. */
  async checkDestroy({
    serverId,
    resource,
    ids,
  }: At<ListId> & { readonly ids: readonly string[] }): Promise<readonly Guard[]> {
    const hook = recordHooks[resource]?.checkDestroy
    return hook === undefined
      ? []
      : hook({ client: this.deps.client(serverId), server: this.deps.record(serverId), ids })
  }

  /** Starts the job that deletes; `labels` are only for its words. */
  async destroy(
    args: At<ListId> & Confirmed & { readonly ids: readonly string[] },
  ): Promise<{ readonly jobId: JobId }> {
    const { serverId, resource, confirmation } = args
    const server = this.deps.record(serverId)
    enforceProtection(server, confirmation)
    const ids = [...new Set(args.ids)]
    enforceGuards(await this.checkDestroy({ serverId, resource, ids }), confirmation)
    const client = this.deps.client(serverId)
    const list = listOf(resource)
    const labels = new Map(
      await Promise.all(ids.slice(0, 50).map(async (id) => [id, await this.label(args, id)] as const)),
    )
    const only = ids.length === 1 ? labels.get(ids[0] ?? '') : undefined
    const what =
      only === undefined ? `${ids.length.toLocaleString('en')} ${list.label.toLowerCase()}` : `${list.one} ${only}`
    const jobId = this.deps.jobs.start({
      kind: 'records-destroy',
      title: `Delete ${what} on ${server.name}`,
      serverId,
      resource,
      run: (job) =>
        destroyMany(
          {
            ids,
            labelOf: (id) => labels.get(id) ?? id,
            destroy: (id) => destroyRecord(client, list, id),
            show: (id) => showRecord(client, list, id),
          },
          job,
        ),
    })
    return { jobId }
  }

  private enforceCheck(resource: ResourceId, { guards, problems = [] }: RecordCheck, confirmation: Confirmation): void {
    if (problems.length > 0) throw refused(resourceOf(resource).one, problems)
    enforceGuards(guards, confirmation)
  }

  /** How a person calls the row; its id where it cannot be read. */
  private async label({ serverId, resource }: At<ListId>, id: string): Promise<string> {
    const list = listOf(resource)
    const field = list.fields.find(({ key }) => key === list.nameKey)
    const record = await showRecord(this.deps.client(serverId), list, id).catch(() => undefined)
    const text = record === undefined || field === undefined ? '' : valueText(field, valueAt(record, list.nameKey))
    return text === '' ? id : text
  }

  private session(serverId: ServerId): Pick<SessionState, 'role' | 'version'> {
    return this.deps.session?.(serverId) ?? {}
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
