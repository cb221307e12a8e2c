/**
 * A spreadsheet runs a cell that begins so. One that expects another separator also begins a cell after each of those in a value,
 * whatever the quotes. Apostrophes in front count, so that the rule can be undone without doubt.
 */
const begin = '((?<=^|[;,|\\t\\r\\n])"*)'
const start = "(?='*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20])"
const risky = new RegExp(`${begin}${start}`, 'g')
const madeSafe = new RegExp(`${begin}'${start}`, 'g')

/**
 * Makes a cell safe for a spreadsheet: text that it would run as a formula gets an apostrophe in front. Text that already reads like a cell made safe gets
 * one more, so `originalCell` gives every value back as it was.
 */
export const safeCell = (value: string): string => value.replace(risky, "$1'")

/** The value that `safeCell` was given. */
export const originalCell = (cell: string): string =>
  // Hardly any of a million cells has one: the character is looked for before the pattern.
  cell.includes("'") ? cell.replace(madeSafe, '$1') : cell

/** The same for a row; most rows have no such cell and stay as they are. */
export const originalCells = (cells: readonly string[]): readonly string[] =>
  cells.some((cell) => cell.includes("'")) ? cells.map(originalCell) : cells
