import { printNumber } from '@shared/format/print-number'
import { countText } from '@shared/format/count-text'
import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanPreview, PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import { changedFields } from '@shared/resources/compare'
import type { ListId } from '@shared/resources/ids'
import { toForm, type ApiRecord } from '@shared/resources/nested'
import { normalValues } from '@shared/resources/normal'
import { listOf } from '@shared/resources/registry'
import { manyOf, type ListResource } from '@shared/resources/resource'
import { rememberingReader } from '../lists/remembering-reader'
import { checkedValues } from '../records/record-values'
import { describedValues, identityOf } from '../records/write-record'
import type { PlansService } from './plans-service'
import { readMany } from './read-many'
import { revertSteps } from './revert-steps'
import type { Servers } from '../../servers/servers'

export interface DraftsDeps {
  readonly plans: Pick<PlansService, 'preview'>
  readonly servers: Pick<Servers, 'reader' | 'record' | 'version'>
  readonly entry: (seq: number) => Promise<JournalEntry>
  readonly ofPlan: (planId: string) => Promise<readonly JournalEntry[]>
}

interface Rows {
  readonly serverId: ServerId
  readonly resource: ListId
  readonly ids: readonly string[]
}

const count = (steps: readonly PlanStep[], list: ListResource): string => {
  const [only] = steps
  if (only !== undefined && steps.length === 1) return only.write.identity
  return `${printNumber(steps.length)} ${manyOf(list)}`
}

/** Makes plans from what a person selected. The records are read once, frozen as they are, and previewed; nothing is sent. */
export class PlanDrafts {
  constructor(private readonly deps: DraftsDeps) {}

  async delete(rows: Rows): Promise<PlanPreview> {
    const list = listOf(rows.resource)
    const operation = `POST ${list.path}/{id}/destroy`
    return this.previewOf(rows, 'delete', 'Delete', () => ({ kind: 'delete', operation, changes: {} }))
  }

  /** The same values for all of these records. Throws `rejected` with the fields that cannot be set so. */
  async change(rows: Rows & { readonly changes: RecordValues }): Promise<PlanPreview> {
    const list = listOf(rows.resource)
    const changes = normalValues(list.fields, rows.changes)
    const single = Object.keys(changes).filter((key) => !list.fields.some((field) => field.key === key && field.bulk))
    if (single.length > 0 || Object.keys(changes).length === 0)
      throw new FleetError({
        code: 'rejected',
        message: `The ${manyOf(list)} cannot be changed together like this`,
        fields: single.map((path) => ({ path, message: 'This field is set for one record at a time' })),
      })
    checkedValues(list, 'update', changes, changes, this.deps.servers.version(rows.serverId))
    const operation = `POST ${list.path}/{id}`
    return this.previewOf(rows, 'change', 'Change', (record) => {
      const fields = list.fields.filter(({ key }) => Object.hasOwn(changes, key))
      const differs = new Set(changedFields(fields, changes, toForm(fields, record)).map(({ key }) => key))
      // What a record has already is not sent to it.
      const own = Object.fromEntries(Object.entries(changes).filter(([key]) => differs.has(key)))
      return { kind: 'change', operation, changes: own }
    })
  }

  /** Restores what was there before these entries of the journal, or before the steps of a plan. Throws `rejected`. */
  async revert(of: { readonly entries: readonly number[] } | { readonly plan: string }): Promise<PlanPreview> {
    const entries =
      'plan' in of
        ? (await this.deps.ofPlan(of.plan)).filter(({ outcome }) => outcome === 'done')
        : await Promise.all([...new Set(of.entries)].map((seq) => this.deps.entry(seq)))
    const servers = new Set(entries.map(({ intent }) => intent.server.id))
    const [serverId = ''] = servers
    const { steps, lost, left, canceledOut } = revertSteps(entries)
    if (servers.size > 1)
      throw new FleetError({
        code: 'rejected',
        message: 'These changes are on several servers',
        hint: 'Select entries of one server.',
      })
    if (steps.length === 0)
      throw new FleetError({
        code: 'rejected',
        message:
          left === 0 && entries.length > 0 ? 'Nothing is left to revert' : 'None of these changes can be reverted',
        ...(canceledOut > 0 && { hint: `${countText(canceledOut, 'change')} cancel each other out.` }),
      })
    const { name } = this.deps.servers.record(serverId)
    const changes = countText(steps.length, 'change')
    const others = left > 0 ? [`${printNumber(left)} changes of passwords, keys, the brand or trunk assignments`] : []
    return this.deps.plans.preview({
      title: `Revert ${changes} on ${name}`,
      serverId,
      source: { kind: 'revert', ...('plan' in of && { plan: of.plan }) },
      steps,
      lost: [...lost, ...others],
      canceledOut,
    })
  }

  private async previewOf(
    { serverId, resource, ids }: Rows,
    kind: 'change' | 'delete',
    verb: string,
    writeOf: (record: ApiRecord) => Pick<PlanStep['write'], 'kind' | 'operation' | 'changes'>,
  ): Promise<PlanPreview> {
    const list = listOf(resource)
    const reader = rememberingReader(this.deps.servers.reader(serverId))
    const unique = [...new Set(ids)]
    const found = await readMany(reader, list, unique)
    const steps = unique.map((id, at): PlanStep => {
      const record = found.get(id)
      const identity = record === undefined ? `${list.one} ${id}` : identityOf(list, record)
      const before = record === undefined ? {} : describedValues(list, record)
      return { kind: 'step', n: at + 1, write: { ...writeOf(record ?? {}), resource, identity, id, before } }
    })
    const title = `${verb} ${count(steps, list)} on ${this.deps.servers.record(serverId).name}`
    return this.deps.plans.preview({ title, serverId, source: { kind }, steps, reader })
  }
}
