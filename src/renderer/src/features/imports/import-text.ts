import type { ImportPlan, ImportRow, ImportState } from '@shared/domain/import'
import { importStates } from '@shared/domain/import'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import { columnsOf, type TableColumn } from '@/components/table/types'

/** The columns beside those of the file. */
type OwnKey = 'row' | 'result' | 'reason'

/** Labels of the states, above and in the table. */
const stateLabels: Readonly<Record<ImportState, string>> = {
  create: 'To create',
  wrong: 'Invalid',
  readOnly: 'Read-only server',
  conflict: 'Conflict',
  skip: 'Duplicate',
  excluded: 'Not imported',
}

const tones: Readonly<Partial<Record<ImportState, 'good' | 'bad'>>> = {
  create: 'good',
  wrong: 'bad',
}

const own: readonly TableColumn<OwnKey>[] = [
  { key: 'row', label: 'Row', kind: 'number', width: 56 },
  {
    key: 'result',
    label: 'Result',
    kind: 'choice',
    width: 152,
    choices: [
      ...importStates.map((value) => {
        const tone = tones[value]
        return { value, label: stateLabels[value], ...(tone && { tone }) }
      }),
      { value: 'flagged', label: `${stateLabels.create}, flagged`, tone: 'warn' },
    ],
  },
]
const reason: TableColumn<OwnKey> = { key: 'reason', label: 'Reason', kind: 'text', width: 200 }

/** A label that several fields have is not shortened. */
const columnLabel = (fields: readonly FieldSpec[], field: FieldSpec): string => {
  const title = fieldTitle(fields, field)
  return title === field.label ? (field.column ?? title) : title
}

/** The columns of the table: row, state, reason, and the mapped fields. */
export function importColumns(fields: readonly FieldSpec[], keys: readonly string[]): readonly TableColumn[] {
  const values = columnsOf(
    fields
      .filter(({ key }) => keys.includes(key))
      .map((field) => ({ ...field, column: columnLabel(fields, field), inTable: true })),
  )
  const plain = values.map((column) => ({ ...column, sortable: false, width: Math.min(column.width, 150) }))
  return [...own, reason, ...plain]
}

/** A row as the table shows it: one that is flagged has a sign and words for it. */
export const shownRow = (row: ImportRow): ImportRow => ({ ...row, result: row.flagged ? 'flagged' : row.state })

/** What the rows are filtered by. */
export type RowFilter = ImportState | 'flagged'

/** How many rows have each state, and how many are flagged. */
export const countsOf = ({
  counts,
  flagged,
}: ImportPlan): readonly { key: RowFilter; label: string; count: number }[] => [
  ...importStates.map((key) => ({ key, label: stateLabels[key], count: counts[key] })),
  { key: 'flagged', label: 'Flagged', count: flagged },
]

/** The filters of rows in their order: those that were shown stay in place, and others come last. */
export function filtersOf(shown: readonly RowFilter[], plan: ImportPlan): readonly RowFilter[] {
  const reachable = plan.flagged + plan.expired > 0 ? ['create', 'excluded', 'flagged'] : []
  const wanted = countsOf(plan).filter(({ key, count }) => count > 0 || reachable.includes(key))
  return [...new Set([...shown, ...wanted.map(({ key }) => key)])]
}
