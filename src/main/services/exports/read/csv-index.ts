import { fileLimits } from '@shared/limits/files'
import { checkCells, checkColumns, checkRows } from './limits'

const limits = fileLimits.view
const comma = 0x2c
const quote = 0x22
const cr = 0x0d
const lf = 0x0a

/** Where each line begins, the header's first; the end of the file stands last. */
export interface CsvIndex {
  readonly starts: readonly number[]
  readonly newline: '\r\n' | '\n'
}

/** The place behind a cell that begins at `at`; -1 where a quote stands out of place. */
function endOfCell(bytes: Buffer, begin: number): number {
  let at = begin
  if (bytes[at] !== quote) {
    for (; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === comma || byte === lf || byte === cr) break
      if (byte === quote) return -1
    }
    return at
  }
  // Two quotes stand for one that belongs to the text.
  do {
    const closing = bytes.indexOf(quote, at + 1)
    if (closing < 0) return -1
    at = closing + 1
  } while (bytes[at] === quote)
  return at
}

const lineBreakAt = (bytes: Buffer, at: number): CsvIndex['newline'] | undefined =>
  bytes[at] === lf ? '\n' : bytes[at] === cr && bytes[at + 1] === lf ? '\r\n' : undefined

/**
 * Finds the lines of a regular CSV file without reading its cells: all lines have as many, at least two; all end alike; quotes stand only around a cell.
 * Undefined for any other file: what its cells are and what is wrong with it is for the parser to say.
 */
export function csvIndex(bytes: Buffer): CsvIndex | undefined {
  let at = bytes.subarray(0, 3).toString('latin1') === '\u00ef\u00bb\u00bf' ? 3 : 0
  const starts = [at]
  let newline: CsvIndex['newline'] | undefined
  let width = 0
  let cells = 1
  while (at < bytes.length) {
    at = endOfCell(bytes, at)
    if (at < 0) return undefined
    if (bytes[at] === comma) {
      cells += 1
      at += 1
      if (at < bytes.length) continue
    }
    if (at < bytes.length) {
      const found = lineBreakAt(bytes, at)
      newline ??= found
      if (found === undefined || found !== newline) return undefined
      at += found.length
    }
    width ||= cells
    if (cells !== width) return undefined
    // A cell of such a line may be too long, which the parser tells.
    if (at - (starts.at(-1) ?? 0) > limits.cellLength) return undefined
    checkColumns(cells, limits)
    checkRows(starts.length - 1, limits)
    checkCells(starts.length - 1, width, limits)
    cells = 1
    starts.push(at)
  }
  return width < 2 ? undefined : { starts, newline: newline ?? '\n' }
}
