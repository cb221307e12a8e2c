import type { FieldSpec } from '@shared/resources/field'

/** A name of a column without case, kind of blanks, and the sign of a comment that some tools begin a header with. */
export const plainName = (name: string): string =>
  name
    .trim()
    .replace(/^#\s*/, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/** What a column of a field may be called, as `plainName` returns it. */
export const namesOf = ({ key, label, column = label, aliases = [] }: FieldSpec): readonly string[] =>
  [key, label, column, ...aliases].map(plainName)

/** How many cells of a row name a column. */
export const countNames = (cells: readonly string[], names: ReadonlySet<string>): number =>
  new Set(cells.map(plainName).filter((name) => names.has(name))).size

/** A row that names a column in half of its cells at least. */
export const isNamesRow = (cells: readonly string[], names: ReadonlySet<string>): boolean =>
  cells.length > 1 && countNames(cells, names) * 2 >= cells.length

/** The cells of a row that are not blank. */
export const withText = (cells: readonly string[]): readonly string[] => cells.filter((cell) => cell.trim() !== '')

/** A row in which each cell with text names another column. */
export function namesAll(row: readonly string[], names: ReadonlySet<string>): boolean {
  const cells = withText(row)
  return cells.length > 1 && countNames(cells, names) === cells.length
}
