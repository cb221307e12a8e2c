import type { Outcome } from '@shared/domain/journal'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { changedFields } from '@shared/resources/compare'
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
import { movedSince } from '../records/record-values'
import { readMany } from './read-many'

export interface PrepareContext {
  readonly reader: PbxReader
  readonly server: ServerRecord
  readonly now: number
  readonly signal: AbortSignal
  readonly targetOf: (resource: ListId) => ListTarget
  /** The values that are sent, secrets included; undefined where this run does not have them. */
  readonly valuesOf: (step: PlanStep) => RecordValues | undefined
}

interface Decision {
  readonly outcome: Outcome
  readonly message: string
}

/** Steps as the server stands now: `sends` has those that are to be sent, with the record that they change; the others are decided, and nothing is sent for them. */
export interface Prepared {
  readonly sends: ReadonlyMap<number, ApiRecord | undefined>
  readonly decided: ReadonlyMap<number, Decision>
  readonly guards: readonly Guard[]
  readonly warnings: readonly string[]
}

const noSecrets = 'Its password or other secret is not stored in the plan. Import the row again.'

class Preparing {
  readonly sends = new Map<number, ApiRecord | undefined>()
  readonly decided = new Map<number, Decision>()
  readonly guards: Guard[] = []
  readonly warnings = new Set<string>()
  readonly context: CheckContext

  constructor(private readonly given: PrepareContext) {
    const { reader, server, now, signal } = given
    this.context = { client: rememberingReader(reader), server, now, signal }
  }

  /** Steps whose identity is on the server already are not sent. */
  async creates(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    if (steps.length === 0) return
    const target = this.given.targetOf(list.id as ListId)
    const rows = steps.flatMap((step, at): readonly (NewRecord & { readonly step: PlanStep })[] => {
      const values: FormValues | undefined = this.given.valuesOf(step)
      if (values !== undefined) return [{ at, values, step, ...(step.row !== undefined && { line: step.row }) }]
      this.decide(step, 'notSent', noSecrets)
      return []
    })
    const wanted = new Map(rows.flatMap((row) => target.conflictKeys(row.values).map((key) => [key, row])))
    const { found, kept } = await onServer(target, { ...this.context, client: this.given.reader }, wanted)
    const creating = rows.filter(({ at, values, step }) => {
      const there = found.get(at)
      if (there === undefined) this.sends.set(step.n, undefined)
      else {
        const { state, reason } = present(target, values, there)
        this.decided.set(step.n, { outcome: state === 'skip' ? 'alreadyInPlace' : 'conflict', message: reason })
      }
      return there === undefined
    })
    this.add(await target.harm(this.context, creating, kept))
  }

  async changes(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    const changed = await this.decideChanges(list, steps)
    if (changed.length > 0) this.add(await this.given.targetOf(list.id as ListId).changeHarm(this.context, changed))
  }

  async decideChanges(list: ListResource, steps: readonly PlanStep[]): Promise<readonly ChangedRecord[]> {
    const current = await this.read(list, steps)
    const changed: ChangedRecord[] = []
    for (const step of steps) {
      const { id = '', changes } = step.write
      const record = current.get(id)
      if (record !== undefined && this.decideChange(list, step, record)) changed.push({ id, current: record, changes })
      else if (record === undefined) this.decide(step, 'conflict', `This ${list.one} was deleted on the server`)
    }
    return changed
  }

  /** A resource of which a server has one. */
  async single(resource: Resource, steps: readonly PlanStep[]): Promise<void> {
    for (const step of steps)
      this.decideChange(resource, step, await showRecord(this.given.reader, resource, undefined, this.given.signal))
  }

  async deletes(list: ListResource, steps: readonly PlanStep[]): Promise<void> {
    if (steps.length === 0) return
    const deleted = await this.decideDeletes(list, steps)
    this.guards.push(...(await this.given.targetOf(list.id as ListId).deleteHarm(this.context, deleted)))
  }

  async decideDeletes(list: ListResource, steps: readonly PlanStep[]): Promise<ReadonlyMap<string, ApiRecord>> {
    const current = await this.read(list, steps)
    const deleted = new Map<string, ApiRecord>()
    for (const step of steps) {
      const { id = '', before } = step.write
      const record = current.get(id)
      if (record === undefined) this.decide(step, 'alreadyInPlace', 'Already deleted')
      else if (!this.isMoved(list, step, before, record)) {
        this.sends.set(step.n, record)
        deleted.set(id, record)
      }
    }
    return deleted
  }

  private read(list: ListResource, steps: readonly PlanStep[]): Promise<ReadonlyMap<string, ApiRecord>> {
    const ids = steps.map(({ write }) => write.id ?? '')
    return readMany(this.given.reader, list, ids, { signal: this.given.signal })
  }

  /** Whether the change is to be sent. */
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
    const seen = Object.fromEntries(Object.entries(before).filter(([key]) => depends.has(key)))
    if (this.isMoved(resource, step, seen, current)) return false
    this.sends.set(step.n, current)
    return true
  }

  /** Whether somebody else changed what the step takes for granted; that is a conflict then. */
  private isMoved(resource: Resource, step: PlanStep, before: RecordValues, current: ApiRecord): boolean {
    const moved = movedSince(resource, before, current)
    if (moved.length === 0) return false
    const now = toForm(moved, current)
    const words = moved.map((field) => `${field.label}: ${valueText(field, now[field.key]) || 'not set'}`)
    this.decide(step, 'conflict', `Changed on the server in the meantime. ${words.join(', ')}`)
    return true
  }

  private decide({ n }: PlanStep, outcome: Outcome, message: string): void {
    this.decided.set(n, { outcome, message })
  }

  private add({ guards, warnings }: Pick<Prepared, 'guards' | 'warnings'>): void {
    this.guards.push(...guards)
    for (const warning of warnings) this.warnings.add(warning)
  }
}

/** One step once more, right before it is sent: the record may be another than it was when all were looked at. The harm was shown and confirmed then. */
export async function prepareAgain(context: PrepareContext, step: PlanStep): Promise<Prepared> {
  const preparing = new Preparing(context)
  const { kind, resource } = step.write
  const list = listIds.find((id) => id === resource)
  if (list === undefined) await preparing.single(resourceOf(resource), [step])
  else if (kind === 'delete') await preparing.decideDeletes(listOf(list), [step])
  else await preparing.decideChanges(listOf(list), [step])
  const { sends, decided } = preparing
  return { sends, decided, guards: [], warnings: [] }
}

/** Looks at the server once for all of these steps: what is to be sent, what is not and why, and the harm that would be done. Reads alone. */
export async function prepare(context: PrepareContext, steps: readonly PlanStep[]): Promise<Prepared> {
  const preparing = new Preparing(context)
  const resources = new Set(steps.flatMap(({ write }) => write.resource ?? []))
  for (const resource of resources) {
    const of = steps.filter(({ write }) => write.resource === resource)
    const ofKind = (kind: string): readonly PlanStep[] => of.filter(({ write }) => write.kind === kind)
    const list = listIds.find((id) => id === resource)
    if (list === undefined) {
      await preparing.single(resourceOf(resource), of)
      continue
    }
    await preparing.deletes(listOf(list), ofKind('delete'))
    await preparing.changes(listOf(list), ofKind('change'))
    await preparing.creates(listOf(list), ofKind('create'))
  }
  const { sends, decided, guards, warnings } = preparing
  return { sends, decided, guards, warnings: [...warnings] }
}
