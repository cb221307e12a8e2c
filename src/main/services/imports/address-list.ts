import { fileLimits } from '@shared/limits/files'
import { cidrOf } from '@shared/domain/cidr'
import { checkCellLengths, checkLines, checkRows } from '../exports/read/limits'
import { eachLine } from '../exports/read/text-of'
import { isComment } from './leading-lines'
import type { SkippedRow } from './skipped-rows'

const limits = fileLimits.import

/** An address with a comment behind it, as lists of addresses are published. */
const entry = /^\s*([^\s,;#|"]+)(?:\s*[;#]([^;]*)|\s+([^\s,;#"].*)|\s*)$/
/** A range from one address to another, or an address with a mask: what follows is no comment. */
const goesOn = /^(?:[-–—/\d:]|to\s)/i

/** Another address may end a range, be a mask, or be one more of the list. */
const goesOnWith = (words: string): boolean =>
  goesOn.test(words) || words.split(/[\s,()]+/).some((word) => cidrOf(word) !== undefined)

interface ListRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** `header` is a row above the addresses without an address. */
export interface AddressList {
  readonly header?: ListRow
  readonly rows: readonly ListRow[]
  /** Comments between the rows. */
  readonly comments: readonly SkippedRow[]
}

function cellsOf(text: string): readonly string[] | undefined {
  const found = text.includes('\t') ? null : entry.exec(text)
  if (found === null) return undefined
  const [, address = '', marked, words = ''] = found
  const about = (marked ?? words).trim()
  if (marked === undefined && goesOnWith(words)) return [text.trim()]
  return about === '' ? [address] : [address, about]
}

/**
 * Reads a list with an address or range in every line, as of FireHOL (`.netset`) or Spamhaus (`; SBL…`). Undefined for
 * any other text.
 */
export function addressList(text: string): AddressList | undefined {
  const rows: ListRow[] = []
  const comments: SkippedRow[] = []
  let isList = true
  eachLine(text, (content, line) => {
    if (!isList || content.trim() === '') return
    checkLines(line, limits)
    if (isComment(content)) {
      comments.push({ line, text: content.trim() })
      return
    }
    const cells = cellsOf(content)
    // A header may stand above the first address, and nothing else.
    isList = cells !== undefined && (rows.length !== 1 || isAddress(rows[0]) || isAddress({ cells }))
    if (cells === undefined || !isList) return
    checkRows(rows.length, limits)
    checkCellLengths(cells, line, limits)
    rows.push({ line, cells })
  })
  const [first, ...others] = rows
  if (!isList || first === undefined) return undefined
  if (isAddress(first) || isLikeAddress(first.cells[0])) return { rows, comments }
  return others.length === 0 || first.cells.length > 1 ? undefined : { header: first, rows: others, comments }
}

/** It is meant as an address, and no column is called so: 10.0.0.*, 10.0.0.300, fe80::1%eth0. */
export const isLikeAddress = (cell = ''): boolean => /\d\.\d+\.\d|::|[\da-f]:[\da-f]+:[\da-f]/i.test(cell)

/** Also one that a mask or the end of a range follows: it is no header. */
const isAddress = (row: Pick<ListRow, 'cells'> | undefined): boolean =>
  cidrOf(row?.cells[0]?.split(/[\s/–—-]/, 1)[0] ?? '') !== undefined
