/** A spreadsheet runs a cell that begins so; apostrophes in front count, so that the rule can be undone without doubt. */
const start = '[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]'
const risky = new RegExp(`^'*${start}`)
const madeSafe = new RegExp(`^'+${start}`)

/**
 * Makes a cell safe for a spreadsheet: text that it would run as a formula gets an apostrophe in front. Text that already reads like a cell made safe gets
 * one more, so `originalCell` gives every value back as it was.
 */
export const safeCell = (value: string): string => (risky.test(value) ? `'${value}` : value)

/** The value that `safeCell` was given. */
export const originalCell = (cell: string): string =>
  // Hardly any of a million cells begins so: the first character is checked before the pattern.
  cell.startsWith("'") && madeSafe.test(cell) ? cell.slice(1) : cell

/** The same for a row; most rows have no such cell and stay as they are. */
export const originalCells = (cells: readonly string[]): readonly string[] =>
  cells.some((cell) => cell.startsWith("'")) ? cells.map(originalCell) : cells
