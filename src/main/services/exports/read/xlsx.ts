import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { originalCell } from '../cell-safety'
import { cellText, wholeTable, type TextTable } from '../table'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'

/** A workbook that would unpack to more than this is refused before it is unpacked. */
const unpackedMax = 1024 * 1024 * 1024

function checkSize(bytes: Buffer): void {
  let total = 0
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize
        return false
      },
    })
  } catch {
    throw damaged('it is not a whole XLSX workbook')
  }
  if (total > unpackedMax) throw damaged('it would unpack to more than 1 GB')
}

/** Reads the first sheet of a workbook as text, the first row being the header. */
export async function readXlsx(bytes: Buffer): Promise<TextTable> {
  checkSize(bytes)
  const sheet = await readSheet(bytes, { trim: false }).catch(() =>
    Promise.reject(damaged('it is not a workbook with a sheet')),
  )
  const cells = sheet.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cellText(cell))))
  const [header, ...body] = cells
  if (header === undefined) throw damaged('its first sheet is empty')
  const rows = body.map((row) => header.map((_, index) => originalCell(row[index] ?? '')))
  return wholeTable(columnsOf(header.map(originalCell)), rows)
}
