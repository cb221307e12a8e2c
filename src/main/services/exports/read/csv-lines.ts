const quote = 0x22
const cr = 0x0d
const lf = 0x0a

/** A line of CSV text: `end` is where its newline begins, `next` where the line behind it begins. */
interface CsvLine {
  readonly start: number
  readonly end: number
  readonly next: number
  readonly cells: number
}

/** The place behind a quoted cell that begins at `begin`; two quotes inside stand for one. An open quote ends with the text. */
function endOfQuotes(text: string, begin: number): number {
  let at = begin
  do {
    const closing = text.indexOf('"', at + 1)
    if (closing < 0) return text.length
    at = closing + 1
  } while (text.charCodeAt(at) === quote)
  return at
}

/** CRLF, LF, CR, and CR CR LF, which is what comes of writing CRLF twice. */
function endOfNewline(text: string, at: number): number {
  if (text.charCodeAt(at) === lf) return at + 1
  if (text.charCodeAt(at + 1) === lf) return at + 2
  return text.charCodeAt(at + 1) === cr && text.charCodeAt(at + 2) === lf ? at + 3 : at + 1
}

/** The lines of CSV text; newlines and separators in quoted cells are text. */
export function* csvLines(text: string, separator: string): Generator<CsvLine> {
  const separatorCode = separator.charCodeAt(0)
  let [start, cells, beginsCell] = [0, 1, true]
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === quote && beginsCell) {
      at = endOfQuotes(text, at)
      beginsCell = false
      continue
    }
    beginsCell = true
    if (code === cr || code === lf) {
      const next = endOfNewline(text, at)
      yield { start, end: at, next, cells }
      ;[start, cells, at] = [next, 1, next]
      continue
    }
    if (code === separatorCode) cells += 1
    else beginsCell = false
    at += 1
  }
  if (start < text.length) yield { start, end: text.length, next: text.length, cells }
}
