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
import { isSecret } from '@shared/resources/secret'
import { rememberingReader } from '../lists/remembering-reader'
import { checkedValues } from '../records/record-values'
import { describedValues, identityOf } from '../records/write-record'
import type { NewPlan, PlansService } from './plans-service'
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

type ChangedRows = Rows & { readonly changes: RecordValues }

/** Values for several records, normalized. Throws `rejected` with the fields that cannot be set together. */
export function bulkChanges(list: ListResource, values: RecordValues): RecordValues {
  const changes = normalValues(list.fields, values)
  const notBulkFields = Object.keys(changes).filter(
    (key) => !list.fields.some((field) => field.key === key && field.bulk),
  )
  if (notBulkFields.length > 0 || Object.keys(changes).length === 0)
    throw new FleetError({
      code: 'rejected',
      message: `The ${manyOf(list)} cannot be changed together like this`,
      fields: notBulkFields.map((path) => ({ path, message: 'This field is set for one record at a time' })),
    })
  return changes
}

/** Journal entries, or a plan. */
type RevertSource = { readonly entries: readonly number[] } | { readonly plan: string }

const countOf = (steps: readonly PlanStep[], list: ListResource): string => {
  const [singleStep] = steps
  if (singleStep !== undefined && steps.length === 1) return singleStep.write.identity
  return `${printNumber(steps.length)} ${manyOf(list)}`
}

/** Makes plans from selected records, which are read once, frozen and previewed. Nothing is sent. */
export class PlanDrafts {
  constructor(private readonly deps: DraftsDeps) {}

  async delete(rows: Rows): Promise<PlanPreview> {
    return this.deps.plans.preview(await this.deletePlan(rows))
  }

  /** The plan that deletes them, not previewed yet. */
  async deletePlan(rows: Rows): Promise<NewPlan> {
    const list = listOf(rows.resource)
    const operation = `POST ${list.path}/{id}/destroy`
    const plan = await this.planOf(rows, 'delete', 'Delete', () => ({ kind: 'delete', operation, changes: {} }))
    const secret = list.fields.find((field) => field.required === true && isSecret(field))
    if (secret === undefined) return plan
    const warning = `Revert cannot restore deleted ${manyOf(list)}, because each needs a new ${secret.label.toLowerCase()}.`
    return { ...plan, warnings: [warning] }
  }

  /** The same values for several records. Throws `rejected` with the fields that cannot be set together. */
  async change(rows: ChangedRows): Promise<PlanPreview> {
    return this.deps.plans.preview(await this.changePlan(rows))
  }

  /** The plan that changes them, not previewed yet. Throws `rejected`. */
  async changePlan(rows: ChangedRows): Promise<NewPlan> {
    const list = listOf(rows.resource)
    const changes = bulkChanges(list, rows.changes)
    checkedValues(list, 'update', changes, changes, this.deps.servers.version(rows.serverId))
    const operation = `POST ${list.path}/{id}`
    return this.planOf(rows, 'change', 'Change', (record) => {
      const fields = list.fields.filter(({ key }) => Object.hasOwn(changes, key))
      const differs = new Set(changedFields(fields, changes, toForm(fields, record)).map(({ key }) => key))
      // Only values that differ from the record are sent.
      const differing = Object.fromEntries(Object.entries(changes).filter(([key]) => differs.has(key)))
      return { kind: 'change', operation, changes: differing }
    })
  }

  /** Restores the values before journal entries or the steps of a plan. Throws `rejected`. */
  async revert(source: RevertSource): Promise<PlanPreview> {
    return this.deps.plans.preview(await this.revertPlan(source))
  }

  /** The plan that restores them, not previewed yet. Throws `rejected`. */
  async revertPlan(source: RevertSource): Promise<NewPlan> {
    const entries =
      'plan' in source
        ? (await this.deps.ofPlan(source.plan)).filter(({ outcome }) => outcome === 'done')
        : await Promise.all([...new Set(source.entries)].map((seq) => this.deps.entry(seq)))
    const servers = new Set(entries.map(({ intent }) => intent.server.id))
    const [serverId = ''] = servers
    const { steps, notRestored, notRevertible, canceledOut, ordered } = revertSteps(entries)
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
          notRevertible === 0 && entries.length > 0
            ? 'Nothing is left to revert'
            : 'None of these changes can be reverted',
        ...(canceledOut > 0 && { hint: `${countText(canceledOut, 'change')} cancel each other out.` }),
      })
    const { name } = this.deps.servers.record(serverId)
    const changes = countText(steps.length, 'change')
    const withoutValues =
      notRevertible > 0
        ? [`${countText(notRevertible, 'change')} of passwords, keys, the brand or the numbers of a tenant`]
        : []
    const [first] = entries
    const created = first?.intent.source.kind === 'plan' ? first.intent.source.title : ''
    // Only a new customer has a tenant with what it is assigned to.
    const isCleanUp =
      ordered === true && 'plan' in source && entries.every(({ intent }) => intent.write.kind === 'create')
    return {
      title: isCleanUp ? `Clean up “${created}”` : `Revert ${changes} on ${name}`,
      serverId,
      source: { kind: 'revert', ...('plan' in source && { plan: source.plan }) },
      steps,
      notRestored: [...notRestored, ...withoutValues],
      canceledOut,
      ...(ordered && { ordered }),
    }
  }

  private async planOf(
    { serverId, resource, ids }: Rows,
    kind: 'change' | 'delete',
    verb: string,
    writeOf: (record: ApiRecord) => Pick<PlanStep['write'], 'kind' | 'operation' | 'changes'>,
  ): Promise<NewPlan> {
    const list = listOf(resource)
    const reader = rememberingReader(this.deps.servers.reader(serverId))
    const unique = [...new Set(ids)]
    const records = await readMany(reader, list, unique)
    const steps = unique.map((id, index): PlanStep => {
      const record = records.get(id)
      const identity = record === undefined ? `${list.singular} ${id}` : identityOf(list, record)
      const before = record === undefined ? {} : describedValues(list, record)
      return { kind: 'step', n: index + 1, write: { ...writeOf(record ?? {}), resource, identity, id, before } }
    })
    const title = `${verb} ${countOf(steps, list)} on ${this.deps.servers.record(serverId).name}`
    return { title, serverId, source: { kind }, steps, reader }
  }
}
