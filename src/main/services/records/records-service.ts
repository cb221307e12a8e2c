import type { WriteSource } from '@shared/domain/journal'
import { clipTexts } from '@shared/domain/clip-text'
import type { PageQuery } from '@shared/domain/page'
import type { PbxRecord, RecordCheck, RecordPage, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation, Guard, WriteOutcome } from '@shared/domain/write'
import { dangersNeedOthers } from '@shared/resources/danger'
import type { ListId, ResourceId } from '@shared/resources/ids'
import { normalValues } from '@shared/resources/normal'
import { listOf, resourceOf } from '@shared/resources/registry'
import { pageOf } from '@shared/rows/query'
import { replyValues } from '@shared/limits/reply'
import { listRecords, showRecord } from '../../portsip/records'
import type { Hooks } from './hooks'
import { NewestOnly } from './newest-only'
import { checkedValues, refused } from './record-values'
import { showExisting } from './show-existing'
import { dangerCheck } from './single-check'
import { publicRecord, recordView, unreadKeys } from './view'
import { createAndRead, destroyAndVerify, readUnchanged, updateAndRead } from './write-record'
import type { Approved } from '../writes/approved'
import type { Writer } from '../writes/writer'
import type { Servers } from '../../servers/servers'

export interface RecordsDeps {
  readonly servers: Pick<Servers, 'reader' | 'record' | 'state' | 'version' | 'seenAs'>
  readonly writer: Writer
  readonly hooks: Hooks
  readonly now?: () => number
}

type At<I extends ResourceId = ResourceId> = { readonly serverId: ServerId; readonly resource: I }
type Confirmed = { readonly confirmation: Confirmation; readonly source?: WriteSource }
type WithId = { readonly id?: string | undefined }
type Draft = At & WithId & { readonly changes: RecordValues }

/** Characters of a cell that the window gets. Rows are for display: forms read the whole record. */
const cellMax = replyValues.cellCharacters

/** Any described resource of any server: reading, and writes that are checked here again at the moment they are sent. */
export class RecordsService {
  private readonly checks = new NewestOnly()

  constructor(private readonly deps: RecordsDeps) {}

  /** GET of a list, one page of any size. */
  async list({ serverId, resource, query }: At<ListId> & { readonly query: PageQuery }): Promise<RecordPage> {
    const list = listOf(resource)
    const reader = this.deps.servers.reader(serverId)
    const found = await this.deps.hooks[resource]?.find?.(reader, query)
    const page = found === undefined ? await listRecords(reader, list, query) : pageOf(found, query)
    const unread = page.items
      .map((row) => [row.id, unreadKeys(list, row)] as const)
      .filter(([, keys]) => keys.length > 0)
    const items = page.items.map((row) => clipTexts(publicRecord(list, row), cellMax) as PbxRecord)
    return { ...page, items, ...(unread.length > 0 && { unread: Object.fromEntries(unread) }) }
  }

  /** GET of the resource, or of one of many. */
  async get({ serverId, resource, id }: At & WithId): Promise<RecordView> {
    const described = resourceOf(resource)
    return recordView(described, await showRecord(this.deps.servers.reader(serverId), described, id), this.now())
  }

  /** The effects of a write, while it is typed and in the review; a newer check of the same resource of a server cancels this one. */
  check(write: Draft): Promise<RecordCheck> {
    return this.checks.run(`${write.serverId}/${write.resource}`, (signal) => this.runCheck(write, signal))
  }

  private async runCheck(
    { serverId, resource, id, ...draft }: Draft,
    signal?: AbortSignal,
    sending?: true,
  ): Promise<RecordCheck> {
    const hook = this.deps.hooks[resource]?.check
    const described = resourceOf(resource)
    const changes = normalValues(described.fields, draft.changes)
    const isNew = described.kind === 'list' && id === undefined
    const needsCurrent = !isNew && (hook !== undefined || dangersNeedOthers(described.fields, changes))
    if (hook === undefined && !needsCurrent) return dangerCheck(described, changes)
    const [client, server] = [this.deps.servers.reader(serverId), this.deps.servers.record(serverId)]
    const current = needsCurrent ? await showExisting(client, described, id, signal) : undefined
    const fields = dangerCheck(described, changes, current)
    if (hook === undefined) return fields
    const { role, version } = this.deps.servers.state(serverId)
    const seenAs = this.deps.servers.seenAs(serverId)
    const known = await hook({
      client,
      server,
      changes,
      ...(role && { role }),
      ...(version && { version }),
      ...(seenAs && { seenAs }),
      ...(id !== undefined && { id }),
      ...(current && { current }),
      ...(sending && { sending }),
      ...(signal && { signal }),
    })
    return { ...known, guards: [...known.guards, ...fields.guards], warnings: [...known.warnings, ...fields.warnings] }
  }

  /** POST of a new one, after the protection level and the guards; then reads it back. */
  async create(args: At<ListId> & Confirmed & { readonly values: RecordValues }): Promise<WriteOutcome<PbxRecord>> {
    const { serverId, resource } = args
    const list = listOf(resource)
    const values = normalValues(list.fields, args.values)
    const check = () => {
      checkedValues(list, 'create', values, values, this.deps.servers.version(serverId))
      return this.safetyChecks({ serverId, resource, changes: values })
    }
    const approved = await this.approve(args, check)
    return createAndRead(approved, this.deps.servers.reader(serverId), list, values)
  }

  /** POST of the changed fields only; somebody else's change since `before` is a conflict. */
  async update(
    args: At & WithId & Confirmed & { readonly before: RecordValues; readonly changes: RecordValues },
  ): Promise<WriteOutcome<PbxRecord>> {
    const { serverId, resource, id, before } = args
    const described = resourceOf(resource)
    const changes = normalValues(described.fields, args.changes)
    const check = () => {
      checkedValues(described, 'update', changes, before, this.deps.servers.version(serverId))
      return this.safetyChecks({ serverId, resource, id, changes })
    }
    const approved = await this.approve(args, check)
    const reader = this.deps.servers.reader(serverId)
    const current = await approved.before(() => readUnchanged(reader, described, id, before))
    return updateAndRead(approved, reader, described, id, changes, current)
  }

  /** What deleting these would do. */
  async checkDestroy({
    serverId,
    resource,
    ids,
  }: At<ListId> & { readonly ids: readonly string[] }): Promise<readonly Guard[]> {
    const hook = this.deps.hooks[resource]?.checkDestroy
    return hook === undefined
      ? []
      : hook({ client: this.deps.servers.reader(serverId), server: this.deps.servers.record(serverId), ids })
  }

  /** Deletes one that still has the values of `before`. Throws `conflict`, `not-found`. */
  async destroyOne(
    args: At<ListId> & Confirmed & { readonly id: string; readonly before: RecordValues },
  ): Promise<void> {
    const { serverId, resource, id, before } = args
    const approved = await this.approve(args, () => this.checkDestroy({ serverId, resource, ids: [id] }))
    const [reader, list] = [this.deps.servers.reader(serverId), listOf(resource)]
    await approved.before(() => readUnchanged(reader, list, id, before))
    await destroyAndVerify(approved, reader, list, id)
  }

  private approve(
    { serverId, confirmation, source }: At & Confirmed,
    safetyChecks: () => Promise<readonly Guard[]>,
  ): Promise<Approved> {
    return this.deps.writer.approve(serverId, confirmation, { safetyChecks, ...(source && { source }) })
  }

  private async safetyChecks(draft: Draft): Promise<readonly Guard[]> {
    const { guards, problems = [] } = await this.runCheck(draft, undefined, true)
    if (problems.length > 0) throw refused(resourceOf(draft.resource).singular, problems)
    return guards
  }

  private now(): number {
    return (this.deps.now ?? Date.now)()
  }
}
