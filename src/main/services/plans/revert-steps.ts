import type { JournalEntry } from '@shared/domain/journal-view'
import type { PlanStep } from '@shared/domain/plan'
import type { InverseWrite } from '@shared/domain/reversal'
import { reversalOf } from '@shared/journal/reversal-of'
import { resourceOf } from '@shared/resources/registry'
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

const isRecord = (write: InverseWrite): write is InverseRecord => write.resource !== 'trunk-assignment'

/** The write to show for a change that cannot be reverted. */
function writeToShow({ intent: { write } }: JournalEntry): PlanStep['write'] | undefined {
  const { resource, kind } = write
  if (resource === undefined || resource === 'trunk-assignment' || kind === 'action') return undefined
  return { ...write, kind, resource }
}

/**
 * The steps that revert these entries, one per record, and what is not restored. Steps that cannot be reverted are not
 * sent and have a reason.
 */
export function revertSteps(entries: readonly JournalEntry[]): {
  readonly steps: readonly PlanStep[]
  readonly notRestored: readonly string[]
  /** Number of entries that no step reverts: secrets and trunk assignments. */
  readonly notRevertible: number
  /** Number of entries that no step reverts because they cancel each other out. */
  readonly canceledOut: number
} {
  const notRestored = new Set<string>()
  const steps: PlanStep[] = []
  let notRevertible = 0
  const { changes, canceledOut } = collapse(entries)
  for (const { entry, entryNumbers } of changes) {
    const reversal = reversalOf(entry)
    const { identity } = entry.intent.write
    const step = { kind: 'step', n: steps.length + 1, reverts: entryNumbers } as const
    if (reversal.possible === 'no') {
      const write = writeToShow(entry)
      if (write === undefined) notRevertible += 1
      else steps.push({ ...step, write, settled: { outcome: 'notSent', reason: reversal.reason } })
      continue
    }
    if (!isRecord(reversal.write)) {
      notRevertible += 1
      continue
    }
    const write = writeOf(reversal.write, identity)
    const isSecretMissing = reversal.write.kind === 'create' && reversal.write.missing.length > 0
    if (reversal.possible === 'partly') for (const text of reversal.notRestored) notRestored.add(text)
    steps.push({ ...step, write, ...(isSecretMissing && { settled: { outcome: 'notSent', reason: needsSecret } }) })
  }
  return { steps, notRestored: [...notRestored], notRevertible, canceledOut }
}
