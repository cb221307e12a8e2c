import Papa from 'papaparse'
import { originalCells } from '../cell-safety'
import { wholeTable, type TextRow, type TextTable } from '../table'
import { csvIndex } from './csv-index'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'
import { RegularCsv } from './regular-csv'
import { textOf } from './text-of'

const notesMax = 20

function fitted(row: TextRow, width: number): TextRow {
  if (row.length === width) return row
  return row.length < width ? [...row, ...Array<string>(width - row.length).fill('')] : row.slice(0, width)
}

/** Parses all of a file, whatever is in it. */
export function parseCsv(text: string, safe: boolean): TextTable {
  const parsed = Papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: true })
  const broken = parsed.errors.find(({ type }) => type === 'Quotes')
  if (broken !== undefined) throw damaged('a quoted cell is not closed', `row ${(broken.row ?? 0) + 1}`)
  const [header, ...body] = parsed.data
  if (header === undefined) throw damaged('it is empty')
  const notes: string[] = []
  const rows = body.map((row, index) => {
    if (row.length !== header.length && notes.length < notesMax) {
      notes.push(`Row ${index + 2} has ${row.length} cells instead of ${header.length}.`)
    }
    const cells = fitted(row, header.length)
    return safe ? originalCells(cells) : cells
  })
  return wholeTable(columnsOf(header), rows, notes)
}

/** Reads CSV with a header line; `safe` says that our own rule for risky cells was applied and is to be undone. */
export function readCsv(bytes: Buffer, safe: boolean): TextTable {
  const index = csvIndex(bytes)
  return index === undefined ? parseCsv(textOf(bytes), safe) : new RegularCsv(bytes, index, safe)
}
