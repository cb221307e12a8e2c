import type { WriteSource } from '@shared/domain/journal'
import type { JournalEntry } from '@shared/domain/journal-view'
import type { PbxRecord, RecordCheck, RecordValues } from '@shared/domain/record'
import type { Confirmation, WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { reversalOf } from '@shared/journal/reversal-of'
import type { InverseAssignment, InverseWrite } from '@shared/domain/reversal'
import type { RecordsService } from '../records/records-service'
import type { TrunksService } from '../trunks/trunks-service'

export interface RevertDeps {
  readonly entry: (seq: number) => Promise<JournalEntry>
  readonly records: Pick<RecordsService, 'check' | 'checkDestroy' | 'create' | 'update' | 'destroyOne'>
  readonly trunks: Pick<TrunksService, 'check' | 'checkUnassign' | 'assign' | 'update' | 'unassign'>
}

interface RevertRequest {
  readonly seq: number
  /** Secrets for a record that is created again. */
  readonly secrets: RecordValues
}

/** Reverts single journal entries: the inverse change is reviewed, checked, sent and entered like any other. */
export class RevertService {
  constructor(private readonly deps: RevertDeps) {}

  /** Effects of the inverse change. Throws `rejected` if the entry cannot be reverted, and read errors. */
  async check({ seq, secrets }: RevertRequest): Promise<RecordCheck> {
    const { records } = this.deps
    const write = await this.inverseOf(seq)
    if (write.resource === 'trunk-assignment') return this.checkAssignment(write)
    const target = { serverId: write.serverId, resource: write.resource }
    if (write.kind === 'create') return records.check({ ...target, changes: { ...write.values, ...secrets } })
    if (write.kind === 'change')
      return records.check({ ...target, ...(write.id !== undefined && { id: write.id }), changes: write.changes })
    const guards = await records.checkDestroy({ serverId: write.serverId, resource: write.resource, ids: [write.id] })
    return { guards, warnings: [] }
  }

  /**
   * Sends the inverse change; null for a deletion. Throws `conflict` if the server's values differ from those after the
   * entry.
   */
  async revert({
    seq,
    secrets,
    confirmation,
  }: RevertRequest & { readonly confirmation: Confirmation }): Promise<WriteOutcome<PbxRecord> | null> {
    const { records } = this.deps
    const write = await this.inverseOf(seq)
    const source = { kind: 'revert', of: seq } as const
    if (write.resource === 'trunk-assignment') return this.revertAssignment(write, { confirmation, source })
    if (write.kind === 'create') {
      const { serverId, resource, values } = write
      return records.create({ serverId, resource, values: { ...values, ...secrets }, confirmation, source })
    }
    if (write.kind === 'change') {
      const { serverId, resource, id, before, changes } = write
      return records.update({ serverId, resource, id, before, changes, confirmation, source })
    }
    const { serverId, resource, id, before } = write
    await records.destroyOne({ serverId, resource, id, before, confirmation, source })
    return null
  }

  private checkAssignment(write: InverseAssignment): Promise<RecordCheck> {
    const { trunks } = this.deps
    const { serverId, trunkId, tenantId } = write
    if (write.kind === 'delete') return trunks.checkUnassign({ serverId, trunkId, tenantId })
    const changes = write.kind === 'create' ? write.values : write.changes
    return trunks.check({ serverId, trunkId, tenantId, changes })
  }

  private async revertAssignment(
    write: InverseAssignment,
    confirmed: { readonly confirmation: Confirmation; readonly source: WriteSource },
  ): Promise<WriteOutcome<PbxRecord> | null> {
    const { trunks } = this.deps
    const { serverId, trunkId, tenantId } = write
    const target = { serverId, trunkId, tenantId, ...confirmed }
    if (write.kind === 'create') return trunks.assign({ ...target, values: write.values })
    if (write.kind === 'change') return trunks.update({ ...target, before: write.before, changes: write.changes })
    await trunks.unassign({ ...target, before: write.before })
    return null
  }

  private async inverseOf(seq: number): Promise<InverseWrite> {
    const reversal = reversalOf(await this.deps.entry(seq))
    if (reversal.possible !== 'no') return reversal.write
    throw new FleetError({ code: 'rejected', message: `Entry ${seq} cannot be reverted. ${reversal.reason}` })
  }
}
