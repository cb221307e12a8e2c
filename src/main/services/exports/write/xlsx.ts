import writeExcelFile from 'write-excel-file/node'
import { sheetName } from './xlsx-cells'
import { toXlsxText } from './xlsx-text'

/** An XLSX workbook of text cells, which no spreadsheet runs as formulas, the first row being the header. Built as a whole, so it is called off the main thread. */
export async function xlsxBytes(header: readonly string[], rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cell = (value: string) => ({ value: toXlsxText(value), type: String })
  const title = header.map((value) => ({ ...cell(value), fontWeight: 'bold' as const }))
  return writeExcelFile([title, ...rows.map((row) => row.map(cell))], {
    stickyRowsCount: 1,
    sheet: sheetName,
  }).toBuffer()
}
