import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanStep } from '@shared/domain/plan'
import type { InverseAssignment, InverseWrite } from '@shared/domain/reversal'
import { reversalOf } from '@shared/journal/reversal-of'
import { dealerAssignment, dealerIdOf } from '@shared/resources/dealer-assignment'
import { resourceOf } from '@shared/resources/registry'
import { trunkAssignment } from '@shared/resources/trunk-assignment'
import { isAssignment } from './assignments'
import { collapse } from './collapse'

const needsSecret = 'It needs a new password. Revert the entry in the journal.'

/** The inverse of one change to a described record. */
type InverseRecord = Exclude<InverseWrite, { readonly resource: 'trunk-assignment' }>

function writeOf(write: InverseRecord, identity: string): PlanStep['write'] {
  const { resource } = write
  const { path } = resourceOf(resource)
  switch (write.kind) {
    case 'delete': {
      const { id, before } = write
      return { kind: 'delete', operation: `POST ${path}/{id}/destroy`, resource, identity, id, before, changes: {} }
    }
    case 'change': {
      const { id, before, changes } = write
      const operation = `POST ${path}${id === undefined ? '' : '/{id}'}`
      return { kind: 'change', operation, resource, identity, ...(id !== undefined && { id }), before, changes }
    }
    case 'create':
      return { kind: 'create', operation: `POST ${path}`, resource, identity, before: {}, changes: write.values }
  }
}

/** Assigning a trunk becomes unassigning it and the reverse; undefined for a change, which is reverted alone. */
function trunkWrite(write: InverseAssignment, identity: string): PlanStep['write'] | undefined {
  const { kind, trunkId, tenantId: id } = write
  const common = { resource: 'trunk-assignment', identity, id, trunkId } as const
  const operation = `POST ${trunkAssignment.path}`
  if (kind === 'delete')
    return { ...common, kind, operation: `${operation}/destroy`, before: write.before, changes: {} }
  if (kind === 'change') return undefined
  return { ...common, kind, operation, before: {}, changes: { did_numbers: '', ...write.values } }
}

function dealerWrite({ intent: { write } }: JournalEntry): PlanStep['write'] {
  const { id, identity } = write
  const dealer = { dealer_id: dealerIdOf(write) }
  const common = { resource: 'dealer-assignment', identity, ...(id !== undefined && { id }) } as const
  const operation = `POST ${dealerAssignment.path}`
  return write.kind === 'create'
    ? { ...common, kind: 'delete', operation: `${operation}/destroy`, before: dealer, changes: {} }
    : { ...common, kind: 'create', operation, before: {}, changes: dealer }
}

const isRecord = (write: InverseWrite): write is InverseRecord => write.resource !== 'trunk-assignment'

/** The write to show for a change that cannot be reverted. */
function writeToShow({ intent: { write } }: JournalEntry): PlanStep['write'] | undefined {
  const { resource, kind } = write
  if (resource === undefined || kind === 'action') return undefined
  return { ...write, kind, resource }
}

/** Reverses the steps. What is assigned to a tenant that is created again gets its new ID. */
function inOrder(steps: readonly PlanStep[], recreated: ReadonlyMap<string, readonly number[]>): readonly PlanStep[] {
  const ordered = steps.toReversed().map((step, at) => ({ ...step, n: at + 1 }))
  return ordered.map((step) => {
    const { id, ...write } = step.write
    const entryNumbers = isAssignment(step) && write.kind === 'create' ? recreated.get(id ?? '') : undefined
    const tenantStep = ordered.find(({ reverts }) => reverts === entryNumbers)
    return entryNumbers === undefined || tenantStep === undefined ? step : { ...step, write, recordOf: tenantStep.n }
  })
}

/**
 * The steps that revert these entries, one per record, and what is not restored. Steps that cannot be reverted are not
 * sent and have a reason.
 */
export function revertSteps(entries: readonly JournalEntry[]): {
  readonly steps: readonly PlanStep[]
  readonly notRestored: readonly string[]
  /** Number of entries that no step reverts: secrets and changed trunk assignments. */
  readonly notRevertible: number
  /** Number of entries that no step reverts because they cancel each other out. */
  readonly canceledOut: number
  /** Set if the steps depend on each other. */
  readonly ordered?: true
} {
  const notRestored = new Set<string>()
  const steps: PlanStep[] = []
  /** The entries of deleted tenants that are created again, by the ID that they had. */
  const recreated = new Map<string, readonly number[]>()
  let notRevertible = 0
  const { changes, canceledOut } = collapse(entries)
  for (const { entry, entryNumbers } of changes) {
    const reversal = reversalOf(entry)
    const { identity } = entry.intent.write
    const step = { kind: 'step', n: steps.length + 1, reverts: entryNumbers } as const
    if (entry.intent.write.resource === 'dealer-assignment' && entry.outcome === 'done') {
      steps.push({ ...step, write: dealerWrite(entry) })
      continue
    }
    if (reversal.possible === 'no') {
      const write = writeToShow(entry)
      if (write === undefined) notRevertible += 1
      else steps.push({ ...step, write, settled: { outcome: 'notSent', reason: reversal.reason } })
      continue
    }
    if (reversal.possible === 'partly') for (const text of reversal.notRestored) notRestored.add(text)
    if (!isRecord(reversal.write)) {
      const write = trunkWrite(reversal.write, identity)
      if (write === undefined) notRevertible += 1
      else steps.push({ ...step, write })
      continue
    }
    const write = writeOf(reversal.write, identity)
    const isSecretMissing = reversal.write.kind === 'create' && reversal.write.missing.length > 0
    const { id } = entry.intent.write
    if (write.kind === 'create' && write.resource === 'tenants' && id !== undefined) recreated.set(id, entryNumbers)
    steps.push({ ...step, write, ...(isSecretMissing && { settled: { outcome: 'notSent', reason: needsSecret } }) })
  }
  // A tenant is deleted after its assignments ended, and created before they are made.
  const isOrdered = steps.some(isAssignment) && steps.some(({ write }) => write.resource === 'tenants')
  return {
    steps: isOrdered ? inOrder(steps, recreated) : steps,
    notRestored: [...notRestored],
    ...{ notRevertible, canceledOut },
    ...(isOrdered && { ordered: true }),
  }
}
