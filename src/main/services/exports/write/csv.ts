import Papa from 'papaparse'
import { safeCell } from '../cell-safety'
import { cellsOf } from '../table'
import type { MakeWriter } from './rows-writer'

/** Tells a spreadsheet program that the file is UTF-8. */
const byteOrderMark = '\ufeff'
const newline = '\r\n'

/** CSV after RFC 4180: the first line has the API's field names, cells are safe to open in a spreadsheet. */
export const csvWriter: MakeWriter = (sink, columns) => {
  const keys = columns.map(({ key }) => key)
  const cellsIn = cellsOf(columns)
  let begun = false
  const begin = async (): Promise<void> => {
    if (!begun) await sink.write(`${byteOrderMark}${keys.join(',')}${newline}`)
    begun = true
  }
  return {
    async write(rows) {
      await begin()
      if (rows.length === 0) return
      const cells = rows.map((row) => cellsIn(row).map(safeCell))
      // A single empty column would be an empty line, which a reader skips.
      const quotes = keys.length === 1
      await sink.write(Papa.unparse(cells, { newline, quotes }) + newline)
    },
    end: begin,
  }
}
