import type { ImportMapping, ImportState } from '@shared/domain/import'
import type { StepOutcome } from '@shared/domain/plan'
import type { FieldSpec } from '@shared/resources/field'
import { safeCsv } from '../exports/safe-csv'
import { isSecret } from '@shared/resources/secret'
import type { RowState } from './check-rows'
import type { CsvFile } from './read-import'

/** What the preview found of a row, in the saved file. */
export const stateWords = {
  skip: 'duplicate',
  conflict: 'conflict',
  wrong: 'invalid',
  excluded: 'not imported',
} as const satisfies Partial<Record<ImportState, string>>

/** What became of a row, in the saved file. */
export const stepWords: Readonly<Record<StepOutcome, string>> = {
  waiting: 'waiting',
  sending: 'in progress',
  done: 'done',
  alreadyInPlace: 'already in place',
  conflict: 'conflict',
  refused: 'refused',
  notSent: 'not sent',
  unknown: 'unknown',
}

/** Columns whose cells may be written: those of secrets never, and where the resource has some, neither those that were left out. */
function openColumns(header: readonly string[], mapping: ImportMapping, fields: readonly FieldSpec[]) {
  const anySecret = fields.some(isSecret)
  return header.flatMap((name, at) => {
    const field = fields.find(({ key }) => key === mapping[at])
    const hidden = field === undefined ? anySecret : isSecret(field)
    return hidden ? [] : [{ name, at }]
  })
}

/** The file as it may be shown and saved: in a row with too many cells a secret may be in any column. */
export function shownFile(file: CsvFile, mapping: ImportMapping, fields: readonly FieldSpec[]): CsvFile {
  if (openColumns(file.header, mapping, fields).length === mapping.length) return file
  return { ...file, rows: file.rows.map((row) => (row.problem === undefined ? row : { ...row, cells: [] })) }
}

/**
 * The rows of an import as CSV, separated as in the file: the file's own columns without secrets, then the row's place in the file, what became of it and why.
 * Cells are safe to open in a spreadsheet, and the file can be mended and imported again. Cells beyond the header come last, so the row stays invalid until it is corrected.
 */
export function resultCsv(
  file: CsvFile,
  mapping: ImportMapping,
  fields: readonly FieldSpec[],
  rows: readonly { readonly at: number; readonly outcome: string; readonly reason: string }[],
): string {
  const columns = openColumns(file.header, mapping, fields)
  const header = [...columns.map(({ name }) => name), 'import_row', 'import_outcome', 'import_reason']
  const lines = rows.map(({ at, outcome, reason }) => {
    const { line = 0, cells = [] } = file.rows[at] ?? {}
    const beyond = cells.slice(file.header.length)
    const own = columns.map((column) => cells[column.at] ?? '')
    return [...own, String(line), outcome, reason, ...beyond]
  })
  // Rows of the clipboard are separated by tabs, which no spreadsheet expects in a CSV file.
  return safeCsv(header, lines, file.separator === '\t' ? undefined : file.separator)
}

/** The wrong rows as CSV. */
export function wrongCsv(
  file: CsvFile,
  mapping: ImportMapping,
  fields: readonly FieldSpec[],
  states: readonly RowState[],
): string {
  const rows = states.flatMap(({ state, reason }, at) =>
    state === 'wrong' ? [{ at, outcome: stateWords.wrong, reason }] : [],
  )
  return resultCsv(file, mapping, fields, rows)
}
