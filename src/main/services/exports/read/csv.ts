import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import { fileLimits } from '@shared/limits/files'
import { originalCells } from '../cell-safety'
import { wholeTable, type TextRow, type TextTable } from '../table'
import { csvIndex } from './csv-index'
import { eachCsvRow } from './csv-rows'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'
import { checkCells, checkRows } from './limits'
import { RegularCsv } from './regular-csv'
import { textOf } from './text-of'

const notesMax = 20
const limits = fileLimits.view

const filledTo = (row: TextRow, width: number): TextRow =>
  row.length < width ? [...row, ...Array<string>(width - row.length).fill('')] : row

/** Parses a whole file. Cells beyond the header get columns of their own, so that no value is hidden. */
export function parseCsv(text: string, safe: boolean): TextTable {
  let header: TextRow | undefined
  let width = 0
  let uneven = 0
  const notes: string[] = []
  const rows: TextRow[] = []
  eachCsvRow(text, ',', limits, (row, number) => {
    if (row.length === 1 && row[0] === '') return
    width = Math.max(width, row.length)
    checkRows(rows.length, limits)
    checkCells(rows.length, width, limits)
    if (header === undefined) {
      header = row
      return
    }
    if (row.length !== header.length && ++uneven <= notesMax)
      notes.push(`Row ${number} has ${countText(row.length, 'cell')}, the header has ${header.length}.`)
    rows.push(safe ? originalCells(row) : row)
  })
  if (header === undefined) throw damaged('it is empty')
  if (uneven > notesMax)
    notes.push(`${printNumber(uneven - notesMax)} more rows have more or fewer cells than the header.`)
  return wholeTable(
    columnsOf(filledTo(header, width)),
    rows.map((row) => filledTo(row, width)),
    notes,
  )
}

/** Reads CSV with a header line; `safe` says that our own rule for risky cells was applied and is to be undone. */
export function readCsv(bytes: Buffer, safe: boolean): TextTable {
  const index = csvIndex(bytes)
  return index === undefined ? parseCsv(textOf(bytes), safe) : new RegularCsv(bytes, index, safe)
}
