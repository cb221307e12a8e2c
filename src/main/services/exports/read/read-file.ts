import type { ExportFormat } from '@shared/domain/export'
import { fileLimits } from '@shared/limits/files'
import { wholeTable, type TextRow, type TextTable } from '../table'
import { readCsv } from './csv'
import { damaged } from './damaged'
import { readJsonl } from './jsonl'
import { checkCellLengths, checkRows } from './limits'
import { readBytes } from './read-bytes'
import { eachLine, textOf } from './text-of'

const headerBytesMax = 64 * 1024

function asLines(text: string, note: string): TextTable {
  const lines: TextRow[] = []
  eachLine(text, (line, number) => {
    checkRows(number, fileLimits.view)
    lines.push([line])
    checkCellLengths([line], number, fileLimits.view)
  })
  return wholeTable([{ key: 'line', label: 'Line' }], lines, [note])
}

/** The PBX's own file: its columns are not documented, so it is a table only where its first line looks like one. */
function readNative(bytes: Buffer): TextTable {
  const [header = ''] = textOf(bytes.subarray(0, headerBytesMax)).split(/[\r\n]/, 1)
  if (!/(^|,)"?cidr"?(,|$)/i.test(header))
    return asLines(textOf(bytes), 'The columns of this file are not known; it is shown line by line.')
  return readCsv(bytes, false)
}

/** What a file from elsewhere is, by its first bytes and its name. */
function formatOf(name: string, bytes: Buffer): ExportFormat {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return 'xlsx'
  if (/\.jsonl$|\.ndjson$/i.test(name)) return 'jsonl'
  return /\.csv$/i.test(name) ? 'csv' : 'native'
}

/** Reads an export, or a file from elsewhere without `format`. Errors: FleetError `disk`, `damaged`. */
export async function readTable(file: string, format?: ExportFormat, keys?: readonly string[]): Promise<TextTable> {
  const bytes = await readBytes(file, fileLimits.view)
  const kind = format ?? formatOf(file, bytes)
  // Our own formats may hold a NUL in a cell; in any other file it tells that it is no text.
  if (kind !== 'xlsx' && kind !== format && bytes.includes(0)) throw damaged('it is not a text file')
  switch (kind) {
    case 'xlsx':
      return (await import('./xlsx')).readXlsx(bytes)
    case 'jsonl':
      return readJsonl(textOf(bytes), keys)
    case 'csv':
      return readCsv(bytes, true)
    case 'native':
      return readNative(bytes)
  }
}
