import type { ImportMapping } from '@shared/domain/import'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import type { FormValues } from '@shared/resources/nested'
import { isOfUse } from '@shared/resources/problem'
import { cellValue } from './cell-value'
import { isSecret } from '@shared/resources/secret'
import type { FileRow } from './read-import'
import type { ListTarget } from '../lists/target'

const foundMax = 60

export type RowValues =
  | { readonly ok: true; readonly values: FormValues; readonly note?: string }
  | { readonly ok: false; readonly reason: string }

export interface MappedColumn {
  readonly at: number
  /** The column's name in the file. */
  readonly name: string
  readonly field: FieldSpec
}

/** The columns of the file that are set to a field. */
export const mappedColumns = (
  header: readonly string[],
  mapping: ImportMapping,
  fields: readonly FieldSpec[],
): readonly MappedColumn[] =>
  header.flatMap((name, at) => {
    const field = fields.find(({ key }) => key === mapping[at])
    return field === undefined ? [] : [{ at, name, field }]
  })

/** A quote that was forgotten, or one too many, joins rows into one cell. */
const isOneLine = (field: FieldSpec): boolean => field.kind === 'text' && field.multiline !== true

/** The content of a cell, for a message; never that of a secret. */
function foundText({ field }: MappedColumn, cell: string): string {
  if (isSecret(field)) return ''
  const text = cell.trim()
  return ` (found “${text.length > foundMax ? `${text.slice(0, foundMax)}…` : text}”)`
}

/** A row's cells as values, each checked by its field, or all that is wrong with it: column, problem, what stands there. */
export function rowValues(
  target: ListTarget,
  columns: readonly MappedColumn[],
  { cells, problem }: FileRow,
): RowValues {
  if (problem !== undefined) return { ok: false, reason: problem }
  const values: Record<string, unknown> = {}
  const wrong = new Map<string, string>()
  const notes: string[] = []
  for (const column of columns) {
    const { at, name, field } = column
    const cell = cells[at] ?? ''
    const found = cellValue(field, cell)
    if ('problem' in found) wrong.set(field.key, `Column ${name}: ${found.problem}${foundText(column, cell)}`)
    else if (found.value !== undefined) {
      values[field.key] = found.value
      if (/[\r\n]/.test(cell) && isOneLine(field)) notes.push(`Column ${name}: contains a line break`)
      if (field.kind === 'cidr' && found.value !== cell.trim()) notes.push(`${cell.trim()} in the file`)
    }
  }
  for (const field of target.fields) {
    const { key, required } = field
    if (required !== true || values[key] !== undefined || wrong.has(key) || !isOfUse(field, values)) continue
    const column = columns.find((each) => each.field.key === key)
    wrong.set(
      key,
      `${column === undefined ? '' : `Column ${column.name}: `}${fieldTitle(target.fields, field)} is required`,
    )
  }
  // The schema also misses the values that are wrong.
  const isNamed = (path: string): boolean => [...wrong.keys()].some((key) => key === path || key.startsWith(`${path}.`))
  for (const { path, message } of target.problems(values as never)) {
    const field = target.fields.find(({ key }) => key === path)
    if (!isNamed(path)) wrong.set(path, `${field === undefined ? path : fieldTitle(target.fields, field)}: ${message}`)
  }
  if (wrong.size > 0) return { ok: false, reason: [...wrong.values()].join('. ') }
  return { ok: true, values, ...(notes.length > 0 && { note: notes.join(', ') }) }
}
