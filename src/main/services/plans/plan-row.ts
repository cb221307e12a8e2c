import type { PlanListRow, PlanResult, PlanRow, PlanStep, PlanSummary, StepOutcome } from '@shared/domain/plan'
import { entryField } from '@shared/journal/entry-field'
import { fieldsOf, relevantBefore, valuesText } from '../journal/journal-rows'

const sentences = (parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => part.replace(/\.$/, ''))
    .join('. ')

/** A step as a row: what it changes, from what to what, and what became of it. */
export function planRow(step: PlanStep, outcome: StepOutcome, result: PlanResult | undefined): PlanRow {
  const { n, row, write, settled } = step
  const fields = fieldsOf({ write })
  const differences = (result?.differences ?? []).map(({ key, found }) => {
    const { label } = entryField(fields, key)
    return `${label} is ${found || 'not set'}`
  })
  const errors = (result?.error?.fields ?? [])
    .map(({ path, message }) => `${entryField(fields, path).label}: ${message}`)
    .filter((each) => !result?.error?.message.includes(each))
  return {
    id: String(n),
    n,
    row: row ?? null,
    recordId: write.id ?? result?.newId ?? '',
    object: write.identity,
    action: write.kind,
    before: valuesText(fields, relevantBefore({ write })),
    after: valuesText(fields, write.changes),
    outcome,
    message: settled?.reason ?? sentences([result?.error?.message ?? '', ...errors, ...differences]),
    attempt: result?.attempt ?? 0,
    entry: result?.entry ?? null,
  }
}

export const planListRow = ({ id, at, title, server, state, steps, counts, user }: PlanSummary): PlanListRow => ({
  ...{ id, at, title, server: server.name, state, steps, user },
  done: counts.done + counts.alreadyInPlace,
  open: steps - counts.done - counts.alreadyInPlace,
})
