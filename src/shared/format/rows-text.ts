import { countText } from './count-text'

const namedRows = 10

/** The numbers of rows for a message: “row 3”, “rows 3, 4”, “rows 1, …, 10 and 2 other rows”. */
export function rowsText(rows: readonly number[]): string {
  const more = rows.length > namedRows ? ` and ${countText(rows.length - namedRows, 'other row')}` : ''
  return `${rows.length === 1 ? 'row' : 'rows'} ${rows.slice(0, namedRows).join(', ')}${more}`
}
