import Papa from 'papaparse'
import type { TableLimits } from '@shared/limits/files'
import { eachCsvLine } from './csv-lines'
import { damaged } from './damaged'
import { checkCellLengths, checkColumns, checkLines } from './limits'

/**
 * The parser knows one newline for the whole text, so where they differ each one outside quotes becomes `\n`. It also makes a row of any length, so limits are
 * checked before.
 */
function withOneNewline(
  text: string,
  separator: string,
  limits: TableLimits,
): { text: string; newline: '\n' | '\r\n' } {
  const newlines = new Set<string>()
  let row = 0
  eachCsvLine(text, separator, (_, end, next, cells) => {
    row += 1
    checkLines(row, limits)
    checkColumns(cells, limits, row)
    if (newlines.size < 2 && next > end) newlines.add(text.slice(end, next))
  })
  const [newline = '\n', other] = newlines
  if (other === undefined && (newline === '\n' || newline === '\r\n')) return { text, newline }
  const lines: string[] = []
  eachCsvLine(text, separator, (start, end) => lines.push(text.slice(start, end)))
  return { text: lines.join('\n'), newline: '\n' }
}

/**
 * Calls `take` with each row and its number, the first being 1; blank lines count and come as one empty cell. LF, CRLF, CR and CR CR LF end a row, also mixed.
 * Errors: FleetError `damaged` for a quote out of place and beyond a limit, and what `take` throws.
 */
export function eachCsvRow(
  text: string,
  separator: string,
  limits: TableLimits,
  take: (cells: readonly string[], row: number) => void,
): void {
  const even = withOneNewline(text, separator, limits)
  let row = 0
  // The parser removes a byte order mark; one that begins a cell must stay.
  Papa.parse<string[]>(`\ufeff${even.text}`, {
    delimiter: separator,
    newline: even.newline,
    // Else a text without quotes is split as a whole, however many lines it has.
    fastMode: false,
    step: ({ data, errors }) => {
      row += 1
      const quotes = errors.find(({ type }) => type === 'Quotes')
      if (quotes !== undefined)
        throw damaged(
          quotes.code === 'MissingQuotes'
            ? 'a quoted cell is not closed'
            : 'text follows the closing quote of a cell; double each quote inside a quoted cell',
          `row ${row}`,
        )
      checkCellLengths(data, row, limits)
      take(data, row)
    },
  })
}

/** The first rows with anything in them; `text` is the beginning of a file. */
export function firstCsvRows(text: string, separator: string, count: number): readonly (readonly string[])[] {
  const lines: string[] = []
  eachCsvLine(text, separator, (start, end) => {
    const line = text.slice(start, end)
    if (/[^\s,;|]/.test(line)) lines.push(line)
  })
  const sample = lines.slice(0, count).join('\n')
  return Papa.parse<string[]>(sample, { delimiter: separator, newline: '\n', skipEmptyLines: true }).data
}
