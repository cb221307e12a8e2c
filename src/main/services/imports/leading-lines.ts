import { separators } from '@shared/domain/import'
import { countNames, namesAll } from './column-names'
import type { SkippedRow } from './skipped-rows'

/** What stands above the table of a file: comments, and the line that tells a spreadsheet the separator. */
export interface LeadingLines {
  /** The text, with these lines left blank so that the others keep their numbers. */
  readonly text: string
  readonly separator?: string
  readonly comments: readonly SkippedRow[]
  /** A comment that names columns, as some tools write a header. */
  readonly named?: NamedComment
}

interface NamedComment {
  /** The same text with this line in its place. */
  readonly text: string
  readonly comments: readonly SkippedRow[]
}

/** A header may begin with a column called “#”, and a row with a blank cell. */
const comment = /^\s*(?:#(?!\s*[,;\t|])|;[^;]*$)/
export const isComment = (line: string): boolean => comment.test(line)

const separatorLine = /^\s*"?sep=(.)"?\s*$/i

/** How many columns a comment names that does nothing else, with any separator. */
function namesIn(line: string, names: ReadonlySet<string>): number {
  if (!line.trimStart().startsWith('#')) return 0
  const counts = separators.map((separator) => {
    const cells = line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    return namesAll(cells, names) ? countNames(cells, names) : 0
  })
  return Math.max(...counts)
}

/** `names` are what columns may be called. */
export function leadingLines(text: string, names: ReadonlySet<string>): LeadingLines {
  const newline = /\r{0,2}\n|\r/g
  const comments: SkippedRow[] = []
  let separator: string | undefined
  let header:
    | { readonly at: number; readonly comment: number; readonly line: string; readonly count: number }
    | undefined
  let [start, lines] = [0, 0]
  while (start < text.length) {
    const end = newline.exec(text)
    const line = text.slice(start, end?.index ?? text.length)
    const named = separatorLine.exec(line)?.[1]
    if (named !== undefined) separator ??= named
    else if (isComment(line)) {
      const count = namesIn(line, names)
      if (count >= (header?.count ?? 1)) header = { at: lines, comment: comments.length, line, count }
      comments.push({ line: lines + 1, text: line.trim() })
    } else if (line.trim() !== '') break
    lines += 1
    start = end === null ? text.length : newline.lastIndex
  }
  if (comments.length === 0 && separator === undefined) return { text, comments }
  const rest = `${'\n'.repeat(lines)}${text.slice(start)}`
  const named = header && {
    text: `${'\n'.repeat(header.at)}${header.line}${'\n'.repeat(lines - header.at)}${text.slice(start)}`,
    comments: comments.toSpliced(header.comment, 1),
  }
  return { text: rest, comments, ...(named && { named }), ...(separator !== undefined && { separator }) }
}
