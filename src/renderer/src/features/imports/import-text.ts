import type { ImportPlan, ImportState } from '@shared/domain/import'
import { importStates } from '@shared/domain/import'
import type { FieldSpec } from '@shared/resources/field'
import { columnsOf, type TableColumn } from '@/components/table/types'

/** How a state is called, above the table and in it. */
export const stateLabels: Readonly<Record<ImportState, string>> = {
  create: 'To be created',
  wrong: 'Wrong',
  conflict: 'Conflict',
  skip: 'Already there',
  created: 'Created',
  failed: 'Failed',
  unsent: 'Not sent',
}

const tones: Readonly<Partial<Record<ImportState, { readonly tone: 'good' | 'bad' }>>> = {
  create: { tone: 'good' },
  created: { tone: 'good' },
  wrong: { tone: 'bad' },
  failed: { tone: 'bad' },
}

const own: readonly TableColumn[] = [
  { key: 'row', label: 'Row', kind: 'number', width: 70 },
  {
    key: 'state',
    label: 'What becomes of it',
    kind: 'choice',
    width: 160,
    choices: importStates.map((value) => ({ value, label: stateLabels[value], ...tones[value] })),
  },
]
const reason: TableColumn = { key: 'reason', label: 'Why', kind: 'text', width: 380 }

/** The columns of the table: the row, its state, what is in the fields that have a column, and why. */
export function importColumns(fields: readonly FieldSpec[], keys: readonly string[]): readonly TableColumn[] {
  const values = columnsOf(fields.filter(({ key }) => keys.includes(key)).map((field) => ({ ...field, inTable: true })))
  const plain = values.map((column) => ({ ...column, sortable: false, width: Math.min(column.width, 190) }))
  return [...own, reason, ...plain]
}

export interface StateCount {
  readonly state: ImportState
  readonly count: number
}

/** The states of which there are rows. */
export const countsOf = ({ counts }: ImportPlan): readonly StateCount[] =>
  importStates.map((state) => ({ state, count: counts[state] })).filter(({ count }) => count > 0)

/** `1 rule`, `1,200 rules`. */
export const many = (count: number, one: string, others: string): string =>
  `${count.toLocaleString()} ${count === 1 ? one : others}`
