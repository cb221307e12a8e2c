import { printNumber } from '@shared/format/print-number'
import type { PlanRow, PlanSource, PlanState, PlanSummary, StepOutcome } from '@shared/domain/plan'
import { stepOutcomes } from '@shared/domain/plan'
import type { FieldChoice } from '@shared/resources/field'
import type { TableColumn } from '@/components/table/types'
import { outcomeWords } from '@shared/journal/entry-words'
import { actionChoices, outcomeChoices } from '@/features/journal/journal-columns'

export const stateLabels: Readonly<Record<PlanState, string>> = {
  ready: 'Ready',
  applying: 'Applying',
  paused: 'Paused',
  finished: 'Finished',
  canceled: 'Canceled',
}

const outcomeLabel = (outcome: StepOutcome): string => (outcome === 'waiting' ? 'Waiting' : outcomeWords[outcome].label)

type Counted = Pick<PlanSummary, 'counts'>

/** The outcomes that occur in a plan or rollout. */
export const countsOf = ({ counts }: Counted) =>
  stepOutcomes.map((key) => ({ key, label: outcomeLabel(key), count: counts[key] })).filter(({ count }) => count > 0)

/** `148 Done, 2 Refused`. */
export const countsText = (counted: Counted): string =>
  countsOf(counted)
    .map(({ label, count }) => `${printNumber(count)} ${label.toLowerCase()}`)
    .join(', ')

/** Completed steps. */
export const doneOf = ({ steps, counts }: PlanSummary): number => steps - counts.waiting - counts.sending

/** `Checking 2 changes whose responses were lost`. */
function checkingText({ checking = 0 }: PlanSummary): string {
  if (checking === 0) return ''
  return checking === 1
    ? ' · Checking 1 change whose response was lost'
    : ` · Checking ${printNumber(checking)} changes whose responses were lost`
}

/** `Applying 104 of 120`, `Paused: 104 of 120 done`, with the changes that are being checked. */
export const progressText = (plan: PlanSummary): string => `${stateText(plan)}${checkingText(plan)}`

function stateText(plan: PlanSummary): string {
  const through = `${printNumber(doneOf(plan))} of ${printNumber(plan.steps)}`
  if (plan.stopping !== undefined) return `${plan.stopping === 'pause' ? 'Pausing' : 'Canceling'}… ${through}`
  if (plan.state === 'applying' && plan.verifying !== true) return `Applying ${through}`
  if (plan.state === 'ready') return `${printNumber(plan.counts.waiting)} of ${printNumber(plan.steps)} to apply`
  if (plan.verifying === true) return `Verifying ${through}`
  const done = printNumber(plan.counts.done + plan.counts.alreadyInPlace)
  return `${stateLabels[plan.state]}: ${done} of ${printNumber(plan.steps)} done`
}

type StepColumn = TableColumn<keyof PlanRow>

const waiting: FieldChoice = { value: 'waiting', label: 'Waiting' }
const row: StepColumn = { key: 'row', label: 'Row', kind: 'number', width: 88, sortable: true }
/** The column of outcomes. */
export const resultColumn = {
  key: 'outcome',
  label: 'Result',
  width: 124,
  kind: 'choice',
  choices: [waiting, ...outcomeChoices],
  sortable: true,
} satisfies StepColumn
const object: StepColumn = { key: 'object', label: 'Object', width: 170, kind: 'text', sortable: true }
const action: StepColumn = { key: 'action', label: 'Action', kind: 'choice', choices: actionChoices, width: 80 }
const before: StepColumn = { key: 'before', label: 'Before', width: 150, kind: 'text' }
const after: StepColumn = { key: 'after', label: 'After', width: 150, kind: 'text' }
const reason: StepColumn = { key: 'message', label: 'Reason', width: 210, kind: 'text' }
const optional: readonly StepColumn[] = [
  { key: 'attempt', label: 'Attempt', width: 90, kind: 'number', optional: true },
  { key: 'entry', label: 'Journal entry', width: 120, kind: 'number', optional: true },
]

const columns: Readonly<Record<PlanSource['kind'], readonly StepColumn[]>> = {
  import: [row, resultColumn, object, reason, { ...after, width: 420 }, ...optional],
  delete: [resultColumn, object, reason, before, ...optional],
  change: [resultColumn, object, before, after, reason, ...optional],
  customer: [resultColumn, { ...object, width: 300 }, { ...after, width: 260 }, reason, ...optional],
  revert: [resultColumn, object, action, before, after, reason, ...optional],
}

/** The columns of a plan's steps. */
export const stepColumns = ({ source }: PlanSummary): readonly StepColumn[] => columns[source.kind]
