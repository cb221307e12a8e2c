const quote = 0x22
const cr = 0x0d
const lf = 0x0a

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

/** `end` is where the line's newline begins, `next` where the line behind it begins. */
type TakeLine = (start: number, end: number, next: number, cells: number) => void

/** Calls `take` with each line of CSV text; newlines and separators in quoted cells are text. */
export function eachCsvLine(text: string, separator: string, take: TakeLine): void {
  const separatorCode = separator.charCodeAt(0)
  let start = 0
  let cells = 1
  let beginsCell = true
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === quote && beginsCell) {
      at = endOfQuotes(text, at)
      beginsCell = false
    } else if (code === cr || code === lf) {
      const next = endOfNewline(text, at)
      take(start, at, next, cells)
      start = at = next
      cells = 1
      beginsCell = true
    } else {
      beginsCell = code === separatorCode
      if (beginsCell) cells += 1
      at += 1
    }
  }
  if (start < text.length) take(start, text.length, text.length, cells)
}
