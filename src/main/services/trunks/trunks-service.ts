import { clipText, clipTexts } from '@shared/domain/clip-text'
import type { WriteSource } from '@shared/domain/journal'
import type { Page, PageQuery } from '@shared/domain/page'
import type { PbxRecord, RecordCheck, RecordValues, RecordView } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { TenantName, Trunk, TrunkAssignment, TrunkList, TrunkPools } from '@shared/domain/trunk'
import type { Confirmation, WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { assignmentOf, trunkAssignment } from '@shared/resources/trunk-assignment'
import { replyValues } from '@shared/limits/reply'
import { readRows } from '../../portsip/incomplete-list'
import { showRecord } from '../../portsip/records'
import { allTrunks, someTenants, trunkAssignees } from '../../portsip/trunks'
import { recordView, unreadKeys } from '../records/view'
import type { Writer } from '../writes/writer'
import { TenantNames } from './tenant-names'
import { checkAssignment, checkUnassign } from './trunk-checks'
import {
  assignmentNamed,
  changeAssignment,
  createAssignment,
  removeAssignment,
  type Assignment,
} from './write-assignment'
import type { Servers } from '../../servers/servers'

export interface TrunksDeps {
  readonly servers: Pick<Servers, 'reader' | 'version'>
  readonly writer: Writer
  readonly now?: () => number
}

interface At {
  readonly serverId: ServerId
  readonly trunkId: string
  readonly tenantId: string
}
interface Confirmed {
  readonly confirmation: Confirmation
  readonly source?: WriteSource
}

const atOf = ({ serverId, trunkId, tenantId }: At): At => ({ serverId, trunkId, tenantId })

/** Characters of a text that the window shows. */
const textMax = replyValues.cellCharacters
const clipped = (text: string | null): string | null => (text === null ? null : clipText(text, textMax))

/** DIDs are compared in the window, so they stay whole. */
const shownTrunk = (trunk: Trunk): Trunk => ({
  ...(clipTexts(trunk, textMax) as Trunk),
  did_numbers: trunk.did_numbers,
})

/** Trunks whose assignments are read at the same time. */
const maxConcurrent = 4

/** Which tenants have what of a trunk. Every write reads before it sends, is checked here again, and reads back. */
export class TrunksService {
  private readonly names = new TenantNames()
  /** Names of trunks by ID, as they were read last. */
  private readonly trunkNames = new Map<ServerId, ReadonlyMap<string, string>>()

  constructor(private readonly deps: TrunksDeps) {}

  /** GET /providers to its end. */
  async list({ serverId }: Pick<At, 'serverId'>): Promise<TrunkList> {
    const { rows, incomplete } = await readRows(allTrunks(this.deps.servers.reader(serverId)))
    this.trunkNames.set(serverId, new Map(rows.map(({ id, name }) => [id, name ?? id])))
    return { trunks: rows.map(shownTrunk), complete: incomplete === undefined }
  }

  /** Who has what of one trunk, with the names of the tenants. */
  async assignments({ serverId, trunkId }: Pick<At, 'serverId' | 'trunkId'>): Promise<readonly TrunkAssignment[]> {
    const client = this.deps.servers.reader(serverId)
    const rows = await trunkAssignees(client, trunkId)
    const ids = rows.map(({ tenant_id }) => tenant_id)
    const names = ids.length === 0 ? new Map<string, TenantName>() : await this.names.of(serverId, client, ids)
    return rows.map((row) => {
      const { tenant_id, did_numbers, concurrency } = row
      const unread = unreadKeys(trunkAssignment, row)
      return {
        id: tenant_id,
        trunkId,
        name: clipped(names.get(tenant_id)?.name ?? null),
        domain: clipped(names.get(tenant_id)?.domain ?? null),
        did_numbers: did_numbers ?? null,
        concurrency: concurrency ?? null,
        ...(unread.length > 0 && { unread }),
      }
    })
  }

  /** The same of several trunks; one that fails is named and does not hold up the others. */
  async pools({ serverId, trunkIds }: { serverId: ServerId; trunkIds: readonly string[] }): Promise<TrunkPools> {
    const waiting = [...trunkIds].reverse()
    const assignments: TrunkAssignment[] = []
    const failed: string[] = []
    const worker = async (): Promise<void> => {
      for (let trunkId = waiting.pop(); trunkId !== undefined; trunkId = waiting.pop()) {
        try {
          assignments.push(...(await this.assignments({ serverId, trunkId })))
        } catch (error) {
          if (!(error instanceof FleetError) || error.detail.code === 'signed-out') throw error
          failed.push(trunkId)
        }
      }
    }
    await Promise.all(Array.from({ length: maxConcurrent }, worker))
    return { assignments, failed }
  }

  /** GET /tenants: tenants to choose from. */
  async tenants({ serverId, query }: { serverId: ServerId; query: PageQuery }): Promise<Page<TenantName>> {
    const { items, count } = await someTenants(this.deps.servers.reader(serverId), query)
    return {
      count,
      items: items.map(({ id, name, domain }) => ({
        id,
        name: clipText(name, textMax),
        domain: clipText(domain, textMax),
      })),
    }
  }

  /** GET /providers/{id}/assignees/{tenant_id}. `not-found` where the tenant does not have the trunk. */
  async get({ serverId, trunkId, tenantId }: At): Promise<RecordView> {
    const place = assignmentOf(trunkId, tenantId)
    return recordView(place, await showRecord(this.deps.servers.reader(serverId), place), (this.deps.now ?? Date.now)())
  }

  /** What would come of these values, read from the server anew. */
  async check({ changes, ...at }: At & { readonly changes: RecordValues }): Promise<RecordCheck> {
    const { mine, others } = await this.neighbours(at)
    const version = this.deps.servers.version(at.serverId)
    return checkAssignment({ version, changes, others, ...(mine && { before: mine.did_numbers }) })
  }

  /** POST of an assignment that is not there yet. */
  async assign(args: At & Confirmed & { readonly values: RecordValues }): Promise<WriteOutcome<PbxRecord>> {
    const { values } = args
    const approved = await this.approve(args, () => this.check({ ...atOf(args), changes: values }))
    // The tenant may be newer than the names that were read.
    this.names.forget([args.serverId])
    const assignment = await approved.before(() => this.named(args))
    return createAssignment(approved, this.deps.servers.reader(args.serverId), assignment, values)
  }

  /** POST of a changed one; somebody else's change since `before` is a conflict. */
  async update(
    args: At & Confirmed & { readonly before: RecordValues; readonly changes: RecordValues },
  ): Promise<WriteOutcome<PbxRecord>> {
    const { before, changes } = args
    const approved = await this.approve(args, () => this.check({ ...atOf(args), changes }))
    const assignment = await approved.before(() => this.named(args))
    return changeAssignment(approved, this.deps.servers.reader(args.serverId), assignment, before, changes)
  }

  /** What unassigning the trunk from the tenant would do. */
  async checkUnassign(at: At): Promise<RecordCheck> {
    const { mine, others } = await this.neighbours(at)
    return checkUnassign({
      version: this.deps.servers.version(at.serverId),
      trunk: await this.trunkName(at),
      pool: mine?.did_numbers ?? null,
      others,
    })
  }

  /** POST …/destroy, after the protection level and the guards. Throws `conflict` where the assignment has other values than `before`. */
  async unassign(args: At & Confirmed & { readonly before?: RecordValues }): Promise<void> {
    const approved = await this.approve(args, () => this.checkUnassign(args))
    const assignment = await approved.before(() => this.named(args))
    await removeAssignment(approved, this.deps.servers.reader(args.serverId), assignment, args.before)
  }

  /** Forgets what it knows of these servers. */
  forget(serverIds: readonly ServerId[]): void {
    this.names.forget(serverIds)
    for (const id of serverIds) this.trunkNames.delete(id)
  }

  private approve({ serverId, confirmation, source }: At & Confirmed, check: () => Promise<RecordCheck>) {
    const safetyChecks = async () => (await check()).guards
    return this.deps.writer.approve(serverId, confirmation, { safetyChecks, ...(source && { source }) })
  }

  /** The assignment with the names that the server lists; an ID stands for a name that is missing there. */
  private async named({ serverId, trunkId, tenantId }: At): Promise<Assignment> {
    const tenants = await this.names.of(serverId, this.deps.servers.reader(serverId), [tenantId])
    const tenant = tenants.get(tenantId)?.name ?? tenantId
    return assignmentNamed({ trunkId, tenantId, trunk: await this.trunkName({ serverId, trunkId }), tenant })
  }

  private async trunkName({ serverId, trunkId }: Pick<At, 'serverId' | 'trunkId'>): Promise<string> {
    const isKnown = this.trunkNames.get(serverId)?.has(trunkId) === true
    if (!isKnown) await this.list({ serverId })
    return this.trunkNames.get(serverId)?.get(trunkId) ?? trunkId
  }

  private async neighbours(at: At): Promise<{ mine?: TrunkAssignment; others: readonly TrunkAssignment[] }> {
    const all = await this.assignments(at)
    const mine = all.find(({ id }) => id === at.tenantId)
    return { others: all.filter((each) => each !== mine), ...(mine && { mine }) }
  }
}
