import { printNumber } from '@shared/format/print-number'
import { rowsText } from '@shared/format/rows-text'

/** A row that is left out as a comment or title; `line` is its number, the first row being 1. */
export interface SkippedRow {
  readonly line: number
  readonly text: string
}

const shownLength = 60

/** What was left out of a file, as its notes; without the text where it may be a password. */
export function skippedNotes(rows: readonly SkippedRow[], hasSecrets = false): readonly string[] {
  const [first] = rows
  if (first === undefined) return []
  const text = first.text.length > shownLength ? `${first.text.slice(0, shownLength)}…` : first.text
  const what =
    rows.length === 1
      ? 'Row skipped as a comment or title'
      : `${printNumber(rows.length)} rows skipped as comments or titles`
  if (hasSecrets) return [`${what}: ${rowsText(rows.map(({ line }) => line))}`]
  return [`${what}${rows.length === 1 ? '' : ', the first'}: ${text}`]
}
