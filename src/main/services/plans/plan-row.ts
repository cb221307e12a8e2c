import type { PlanListRow, PlanResult, PlanRow, PlanStep, PlanSummary, StepOutcome } from '@shared/domain/plan'
import type { WriteKind } from '@shared/domain/journal'
import { entryField } from '@shared/journal/entry-field'
import { fieldsOf, fieldTexts, relevantBefore, valuesText } from '../journal/journal-rows'
import { failureText, sentences } from './failure-text'

const checkingText = 'The response was lost. Checking what is on the server'
const notVerifiedText = 'The server confirmed the change, but it was not verified'

const unchanged: { readonly [K in WriteKind]: string } = {
  create: 'Not created',
  change: 'Not changed',
  delete: 'Not deleted',
  action: 'Not done',
}

/** The value after a step: the new one only if it is on the server, or will be sent. */
function afterText(kind: WriteKind, outcome: StepOutcome, values: string): string {
  if (outcome === 'notSent' || outcome === 'conflict') return 'Not sent'
  if (outcome === 'refused') return unchanged[kind]
  return outcome === 'unknown' && values !== '' ? `Unknown. Sent: ${values}` : values
}

interface RowState {
  readonly outcome: StepOutcome
  readonly result: PlanResult | undefined
  readonly isResponseMissing?: boolean
  /** Whether each value has a separate line, as in a plan of few steps. */
  readonly isListed?: boolean
}

/** A step as a row: the change with values before and after, and its result. */
export function planRow(
  step: PlanStep,
  { outcome, result, isResponseMissing = false, isListed = false }: RowState,
): PlanRow {
  const { n, row, write, settled } = step
  const fields = fieldsOf({ write })
  const differences = (result?.differences ?? []).map(({ key, found }) => {
    const { label } = entryField(fields, key)
    return `${label} is ${found || 'not set'}`
  })
  // Without an unknown result, the change was confirmed, but the plan stopped before it was read back.
  const isUnverified = outcome === 'unknown' && result?.outcome !== 'unknown'
  const openMessage = isResponseMissing ? checkingText : isUnverified ? notVerifiedText : undefined
  // Whose dealer is assigned is in the identity; the value is an ID.
  const changes = write.resource === 'dealer-assignment' ? {} : write.changes
  return {
    id: String(n),
    n,
    row: row ?? null,
    recordId: write.id ?? result?.newId ?? '',
    object: write.identity,
    action: write.kind,
    before: valuesText(fields, relevantBefore({ write })),
    after: afterText(write.kind, outcome, valuesText(fields, changes)),
    ...(isListed && { values: fieldTexts(fields, changes) }),
    outcome,
    message: settled?.reason ?? openMessage ?? sentences([failureText(step, result), ...differences]),
    attempt: result?.attempt ?? 0,
    entry: result?.entry ?? null,
  }
}

export const planListRow = ({
  id,
  at,
  title,
  server,
  state,
  steps,
  counts,
  user,
  note = '',
}: PlanSummary): PlanListRow => ({
  ...{ id, at, title, server: server.name, state, steps, user, note },
  rollout: false,
  done: counts.done + counts.alreadyInPlace,
  open: steps - counts.done - counts.alreadyInPlace,
})
