import Papa from 'papaparse'
import { originalCell } from '../cell-safety'
import type { TextTable } from '../table'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'

const notesMax = 20

function fitted(row: readonly string[], width: number): readonly string[] {
  if (row.length === width) return row
  return row.length < width ? [...row, ...Array<string>(width - row.length).fill('')] : row.slice(0, width)
}

/** Reads CSV with a header line; `safe` says that our own rule for risky cells was applied and is to be undone. */
export function readCsv(text: string, safe: boolean): TextTable {
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
    return safe && cells.some((cell) => cell.startsWith("'")) ? cells.map(originalCell) : cells
  })
  return { columns: columnsOf(header), rows, notes }
}
