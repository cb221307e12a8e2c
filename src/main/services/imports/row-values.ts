import type { ImportSetup } from '@shared/domain/import'
import type { FieldSpec } from '@shared/resources/field'
import { fieldTitle } from '@shared/resources/field-title'
import type { FormValues } from '@shared/resources/nested'
import { isOfUse } from '@shared/resources/problem'
import { cidrOf } from '@shared/domain/cidr'
import { specialUse } from '@shared/domain/special-ranges'
import { cellValue } from './cell-value'
import { isSecret } from '@shared/resources/secret'
import { plainText } from '@shared/text/plain-text'
import { withoutInvisible } from '@shared/text/invisible'
import { secretDoubt } from '@shared/text/secret-doubt'
import type { FileRow } from './read-import'
import type { ListTarget } from '../lists/target'

const foundMax = 60

/** What the values of a row must be. */
export type RowTarget = Pick<ListTarget, 'fields' | 'problems'>

export type RowValues =
  | { readonly ok: true; readonly values: FormValues; readonly note?: string; readonly isFlagged: boolean }
  | { readonly ok: false; readonly reason: string; readonly problems: Readonly<Record<string, string>> }

/** A field with its column, or with its value in every row. */
export interface MappedColumn {
  readonly at: number
  /** As messages name it. */
  readonly title: string
  readonly field: FieldSpec
  readonly fixed?: string
}

/** The columns of the file that are set to a field, then the fields with one value for all rows. */
export function mappedColumns(
  header: readonly string[],
  { mapping, fixed = {} }: ImportSetup,
  fields: readonly FieldSpec[],
): readonly MappedColumn[] {
  const columns = header.flatMap((name, at): readonly MappedColumn[] => {
    const field = fields.find(({ key }) => key === mapping[at])
    return field === undefined ? [] : [{ at, title: `Column ${name === '' ? at + 1 : name}`, field }]
  })
  const others = fields.flatMap((field): readonly MappedColumn[] => {
    const text = fixed[field.key]
    return text === undefined ? [] : [{ at: -1, title: fieldTitle(fields, field), field, fixed: text }]
  })
  return [...columns, ...others]
}

/** The text that a row has for a field. */
export const cellOf = ({ at, field, fixed }: MappedColumn, { cells, own }: FileRow): string =>
  fixed === undefined ? (cells[at] ?? '') : (own?.[field.key] ?? fixed)

/** A quote that was forgotten, or one too many, joins rows into one cell. */
const isOneLine = (field: FieldSpec): boolean => field.kind === 'text' && field.multiline !== true

/** The content of a cell, for a message; never that of a secret. */
function foundText({ field }: MappedColumn, cell: string): string {
  if (isSecret(field)) return ''
  const text = cell.trim()
  return ` (found “${text.length > foundMax ? `${text.slice(0, foundMax)}…` : text}”)`
}

/** The same but for invisible characters. */
const isCleaned = (cell: string, text: string): boolean =>
  text !== cell && text.length < cell.trim().length && withoutInvisible(text) === withoutInvisible(cell).trim()

const rewritten: ReadonlySet<FieldSpec['kind']> = new Set(['cidr', 'time', 'pick', 'number', 'share', 'size'])

/** Whether another text is sent than is in the file. */
const isRewritten = ({ kind }: FieldSpec, value: unknown, cell: string): boolean =>
  rewritten.has(kind) && plainText(value) !== cell.trim()

function specialRange(value: unknown): string | undefined {
  const range = typeof value === 'string' ? cidrOf(value) : undefined
  const found = range === undefined ? undefined : specialUse(range)
  return found === undefined ? undefined : `Contains ${found}`
}

/** A row's cells as values, each checked by its field, or all that is wrong with it: column, problem, what stands there. */
export function rowValues(target: RowTarget, columns: readonly MappedColumn[], row: FileRow): RowValues {
  if (row.problem !== undefined) return { ok: false, reason: row.problem, problems: {} }
  const values: Record<string, unknown> = {}
  const wrong = new Map<string, string>()
  const problems = new Map<string, string>()
  const refuse = (key: string, problem: string, text: string): void => {
    wrong.set(key, text)
    problems.set(key, problem)
  }
  const notes: string[] = []
  let isFlagged = false
  for (const column of columns) {
    const { title, field } = column
    const cell = cellOf(column, row)
    const found = cellValue(field, cell)
    if ('problem' in found) refuse(field.key, found.problem, `${title}: ${found.problem}${foundText(column, cell)}`)
    else if (found.value !== undefined) {
      values[field.key] = found.value
      const doubt = isSecret(field) ? secretDoubt(cell, 'it') : undefined
      if (doubt !== undefined) {
        notes.push(`${title}: ${doubt}`)
        isFlagged = true
      }
      if (typeof found.value === 'string' && field.kind === 'text' && isCleaned(cell, found.value))
        notes.push(`${title}: invisible characters removed`)
      if (/[\r\n]/.test(cell) && isOneLine(field)) notes.push(`${title}: contains a line break`)
      if (isRewritten(field, found.value, cell)) notes.push(`${cell.trim()} in the file`)
      const special = field.kind === 'cidr' ? specialRange(found.value) : undefined
      if (special !== undefined) {
        notes.push(special)
        isFlagged = true
      }
    }
  }
  for (const field of target.fields) {
    const { key, required } = field
    if (required !== true || values[key] !== undefined || wrong.has(key) || !isOfUse(field, values)) continue
    const column = columns.find((each) => each.field.key === key)
    const problem = `${fieldTitle(target.fields, field)} is required`
    const where = column === undefined || column.fixed !== undefined ? '' : `${column.title}: `
    refuse(key, problem, `${where}${problem}`)
  }
  // The schema also misses the values that are wrong.
  const isNamed = (path: string): boolean => [...wrong.keys()].some((key) => key === path || key.startsWith(`${path}.`))
  for (const { path, message } of target.problems(values as never)) {
    const field = target.fields.find(({ key }) => key === path)
    if (!isNamed(path))
      refuse(path, message, `${field === undefined ? path : fieldTitle(target.fields, field)}: ${message}`)
  }
  if (wrong.size > 0)
    return { ok: false, reason: [...wrong.values()].join('. '), problems: Object.fromEntries(problems) }
  return { ok: true, values, isFlagged, ...(notes.length > 0 && { note: notes.join(', ') }) }
}
