import type { Outcome } from '@shared/domain/journal'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordCheck, RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { changedFields } from '@shared/resources/compare'
import { fieldTitle } from '@shared/resources/field-title'
import { listIds, type ListId } from '@shared/resources/ids'
import { toForm, type ApiRecord, type FormValues } from '@shared/resources/nested'
import { listOf, resourceOf } from '@shared/resources/registry'
import type { ListResource, Resource } from '@shared/resources/resource'
import { isSecret } from '@shared/resources/secret'
import { valueText } from '@shared/resources/value-text'
import type { PbxReader } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { onServer, present } from '../lists/on-server'
import { rememberingReader } from '../lists/remembering-reader'
import type { ChangedRecord, CheckContext, ListTarget, NewRecord } from '../lists/target'
import { changedSince } from '../records/record-values'
import type { SingleCheck } from '../records/single-check'
import { checkAssignment, isAssignment, type TrunkChecks } from './assignments'
import { checkCertificate, isCertificate } from './certificate-step'
import type { Decision } from './decision'
import { readMany } from './read-many'

export interface PrepareContext {
  readonly reader: PbxReader
  readonly server: ServerRecord
  readonly now: number
  readonly signal: AbortSignal
  readonly targetOf: (resource: ListId) => ListTarget
  readonly singleCheck: SingleCheck
  readonly trunkChecks: TrunkChecks
  /** The values to send, including secrets; undefined if this run does not have them. */
  readonly valuesOf: (step: PlanStep) => RecordValues | undefined
}

/**
 * Result of comparing steps with the server: `sends` has the steps to send, with the record that they change; the
 * others are decided and not sent.
 */
export interface Prepared {
  readonly sends: ReadonlyMap<number, ApiRecord | undefined>
  readonly decided: ReadonlyMap<number, Decision>
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
}

const noSecrets = 'Its password or other secret is not stored in the plan. Make a new plan to enter it again.'
const noKey = 'The private key is not stored in the plan. Select its file in the rollout.'

class Preparation {
  readonly sends = new Map<number, ApiRecord | undefined>()
  readonly decided = new Map<number, Decision>()
  readonly guards: Guard[] = []
  readonly warnings = new Set<string>()
  readonly context: CheckContext

  constructor(private readonly deps: PrepareContext) {
    const { reader, server, now, signal } = deps
    this.context = { client: rememberingReader(reader), server, now, signal }
  }

  /** Steps whose identity already exists on the server are not sent. */
  async checkCreates(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    if (steps.length === 0) return
    const target = this.deps.targetOf(list.id as ListId)
    const rows = steps.flatMap((step, index): readonly (NewRecord & { readonly step: PlanStep })[] => {
      const values: FormValues | undefined = this.deps.valuesOf(step)
      if (values !== undefined) return [{ at: index, values, step, ...(step.row !== undefined && { line: step.row }) }]
      this.decide(step, 'notSent', noSecrets)
      return []
    })
    const rowByKey = new Map(rows.flatMap((row) => target.conflictKeys(row.values).map((key) => [key, row])))
    target.readAhead?.(this.context.client, rows)
    const { found, kept } = await onServer(target, { ...this.context, client: this.deps.reader }, rowByKey)
    const creating = rows.filter(({ at: index, values, step }) => {
      const existing = found.get(index)
      if (existing === undefined) this.sends.set(step.n, undefined)
      else {
        const { state, reason } = present(target, values, existing)
        this.decided.set(step.n, { outcome: state === 'skip' ? 'alreadyInPlace' : 'conflict', message: reason })
      }
      return existing === undefined
    })
    const harm = await target.harm(this.context, creating, kept)
    this.addWarnings(harm)
    for (const { at: index, step } of creating) {
      const problem = harm.problems?.get(index)
      if (problem === undefined) continue
      this.sends.delete(step.n)
      this.refuse(step, problem)
    }
  }

  async checkChanges(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    const changed = await this.decideChanges(list, steps)
    if (changed.length === 0) return
    const harm = await this.deps.targetOf(list.id as ListId).changeHarm(this.context, changed)
    this.addWarnings(harm)
    for (const [at, problem] of harm.problems ?? []) {
      const step = steps.find(({ write }) => write.id === changed[at]?.id)
      if (step !== undefined) this.refuse(step, problem)
    }
  }

  async decideChanges(list: ListResource, steps: readonly PlanStep[]): Promise<readonly ChangedRecord[]> {
    const current = await this.read(list, steps)
    const changed: ChangedRecord[] = []
    for (const step of steps) {
      const { id = '', changes } = step.write
      const record = current.get(id)
      if (record !== undefined && this.decideChange(list, step, record)) changed.push({ id, current: record, changes })
      else if (record === undefined) this.decide(step, 'conflict', `This ${list.singular} was deleted on the server`)
    }
    return changed
  }

  /** For a resource that a server has only once. */
  private async checkSingle(resource: Resource, steps: readonly PlanStep[]): Promise<void> {
    const { reader, signal, singleCheck } = this.deps
    for (const step of steps) {
      const current = await showRecord(reader, resource, undefined, signal)
      if (!this.decideChange(resource, step, current)) continue
      const check = await singleCheck(resource, { ...this.context, current, changes: step.write.changes })
      this.addWarnings(check)
      const problems = (check.problems ?? []).map(({ message }) => message)
      if (problems.length > 0) this.refuse(step, problems.join('. '))
    }
  }

  /** For what is no record of a list. */
  async checkOther(resource: Resource, steps: readonly PlanStep[]): Promise<void> {
    const { context, deps } = this
    if (steps.every(isAssignment))
      await this.checkEach(steps, (step) => checkAssignment(context.client, deps.trunkChecks, step))
    else if (steps.every(isCertificate))
      await this.checkEach(steps, async (step): Promise<RecordCheck | Decision> => {
        if (deps.valuesOf(step) === undefined) return { outcome: 'notSent', message: noKey }
        return checkCertificate(deps.reader, step, deps.now)
      })
    else await this.checkSingle(resource, steps)
  }

  private async checkEach(
    steps: readonly PlanStep[],
    check: (step: PlanStep) => Promise<RecordCheck | Decision>,
  ): Promise<void> {
    for (const step of steps) {
      const checked = await check(step)
      if ('outcome' in checked) this.decide(step, checked.outcome, checked.message)
      else {
        this.sends.set(step.n, undefined)
        this.addWarnings(checked)
      }
    }
  }

  async checkDeletes(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    if (steps.length === 0) return
    const deleted = await this.decideDeletes(list, steps)
    this.guards.push(...(await this.deps.targetOf(list.id as ListId).deleteHarm(this.context, deleted)))
  }

  async decideDeletes(list: ListResource, steps: readonly PlanStep[]): Promise<ReadonlyMap<string, ApiRecord>> {
    const current = await this.read(list, steps)
    const deleted = new Map<string, ApiRecord>()
    for (const step of steps) {
      const { id = '', before } = step.write
      const record = current.get(id)
      if (record === undefined) this.decide(step, 'alreadyInPlace', 'Already deleted')
      else if (!this.hasConflict(list, step, before, record)) {
        this.sends.set(step.n, record)
        deleted.set(id, record)
      }
    }
    return deleted
  }

  private read(list: ListResource, steps: readonly PlanStep[]): Promise<ReadonlyMap<string, ApiRecord>> {
    const ids = steps.map(({ write }) => write.id ?? '')
    return readMany(this.deps.reader, list, ids, { signal: this.deps.signal })
  }

  /** True if the change is to be sent. */
  private decideChange(resource: Resource, step: PlanStep, current: ApiRecord): boolean {
    const { changes, before } = step.write
    const fields = resource.fields.filter(({ key }) => Object.hasOwn(changes, key))
    const isSame = changedFields(fields, changes, toForm(fields, current)).length === 0
    if (isSame && !fields.some(isSecret)) {
      this.decide(step, 'alreadyInPlace', '')
      return false
    }
    const name = resource.kind === 'list' ? [resource.nameKey] : []
    const depends = new Set([...Object.keys(changes), ...name])
    const expected = Object.fromEntries(Object.entries(before).filter(([key]) => depends.has(key)))
    if (this.hasConflict(resource, step, expected, current)) return false
    this.sends.set(step.n, current)
    return true
  }

  /** True if someone else changed a value that the step depends on, which is a conflict. */
  private hasConflict(resource: Resource, step: PlanStep, before: RecordValues, current: ApiRecord): boolean {
    const changedFieldsNow = changedSince(resource, before, current)
    if (changedFieldsNow.length === 0) return false
    const now = toForm(changedFieldsNow, current)
    const texts = changedFieldsNow.map(
      (field) => `${fieldTitle(resource.fields, field)}: ${valueText(field, now[field.key]) || 'not set'}`,
    )
    this.decide(step, 'conflict', `Changed on the server in the meantime. ${texts.join(', ')}`)
    return true
  }

  /** The values are not valid together with others on the server. */
  private refuse(step: PlanStep, reason: string): void {
    this.sends.delete(step.n)
    this.decide(step, 'refused', reason)
  }

  private decide({ n }: PlanStep, outcome: Outcome, message: string): void {
    this.decided.set(n, { outcome, message })
  }

  private addWarnings({ guards, warnings }: Pick<Prepared, 'guards' | 'warnings'>): void {
    this.guards.push(...guards)
    for (const warning of warnings) this.warnings.add(warning)
  }
}

/**
 * Checks one step again right before it is sent, because the record may have changed. Guards were already confirmed.
 */
export async function prepareAgain(context: PrepareContext, step: PlanStep): Promise<Prepared> {
  const preparation = new Preparation(context)
  const { kind, resource } = step.write
  const list = listIds.find((id) => id === resource)
  if (list === undefined) await preparation.checkOther(resourceOf(resource), [step])
  else if (kind === 'create') await preparation.checkCreates(listOf(list), [step])
  else if (kind === 'delete') await preparation.decideDeletes(listOf(list), [step])
  else await preparation.decideChanges(listOf(list), [step])
  const { sends, decided } = preparation
  return { sends, decided, guards: [], warnings: [] }
}

/** Compares all these steps with the server: what to send, what not and why, and the guards. Only reads. */
export async function prepare(context: PrepareContext, steps: readonly PlanStep[]): Promise<Prepared> {
  const preparation = new Preparation(context)
  const resources = new Set(steps.flatMap(({ write }) => write.resource ?? []))
  for (const resource of resources) {
    const stepsOfResource = steps.filter(({ write }) => write.resource === resource)
    const ofKind = (kind: string): readonly PlanStep[] => stepsOfResource.filter(({ write }) => write.kind === kind)
    const list = listIds.find((id) => id === resource)
    if (list === undefined) {
      await preparation.checkOther(resourceOf(resource), stepsOfResource)
      continue
    }
    await preparation.checkDeletes(listOf(list), ofKind('delete'))
    await preparation.checkChanges(listOf(list), ofKind('change'))
    await preparation.checkCreates(listOf(list), ofKind('create'))
  }
  const { sends, decided, guards, warnings } = preparation
  return { sends, decided, guards, warnings: [...warnings] }
}
