import type { ImportFile, ImportMapping } from '@shared/domain/import'
import { visibleText } from '@shared/domain/visible-text'

/** The name of a column of the file, or its place if it has none. */
export function columnName(file: Pick<ImportFile, 'columns'>, at: number): string {
  const name = file.columns[at]?.name ?? ''
  return name === '' ? `Column ${at + 1}` : visibleText(name)
}

/** Whether all rows are known to have no text in this column: its samples are the first rows, and there may be more. */
function isBlankColumn({ columns, rows }: Pick<ImportFile, 'columns' | 'rows'>, at: number): boolean {
  const samples = columns[at]?.samples
  return samples !== undefined && samples.length >= rows && samples.every((text) => text.trim() === '')
}

/** Names of the columns that are not imported, except those that are known to be blank. */
export const leftOutColumns = (file: Pick<ImportFile, 'columns' | 'rows'>, mapping: ImportMapping): readonly string[] =>
  mapping.flatMap((key, at) => (key === null && !isBlankColumn(file, at) ? [columnName(file, at)] : []))
