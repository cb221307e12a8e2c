import { readFile, stat } from 'node:fs/promises'
import type { ExportFormat } from '@shared/domain/export'
import { diskError } from '../../../storage/disk-error'
import { wholeTable, type TextTable } from '../table'
import { readCsv } from './csv'
import { damaged } from './damaged'
import { readJsonl } from './jsonl'
import { textOf } from './text-of'

const bytesMax = 512 * 1024 * 1024

function asLines(text: string, note: string): TextTable {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  return wholeTable(
    [{ key: 'line', label: 'Line' }],
    lines.map((line) => [line]),
    [note],
  )
}

/** The PBX's own file: its columns are not documented, so it is a table only where its first line looks like one. */
function readNative(bytes: Buffer): TextTable {
  const lineEnd = bytes.indexOf('\n')
  const first = textOf(lineEnd < 0 ? bytes : bytes.subarray(0, lineEnd))
  if (!/(^|,)"?cidr"?(,|\r?$)/i.test(first))
    return asLines(textOf(bytes), 'The columns of this file are not known; it is shown line by line.')
  return readCsv(bytes, false)
}

/** What a file from elsewhere is, by its first bytes and its name. */
function formatOf(name: string, bytes: Buffer): ExportFormat {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return 'xlsx'
  if (/\.jsonl$|\.ndjson$/i.test(name)) return 'jsonl'
  return /\.csv$/i.test(name) ? 'csv' : 'native'
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    const found = await stat(file)
    // A device or a pipe has no end.
    if (!found.isFile()) throw damaged('it is not a file')
    if (found.size > bytesMax) throw damaged('it is larger than 512 MB')
    return await readFile(file)
  } catch (error) {
    throw diskError(error, file, 'read')
  }
}

/** Reads an export, or a file from elsewhere without `format`. Errors: FleetError `disk`, `damaged`. */
export async function readTable(file: string, format?: ExportFormat, keys?: readonly string[]): Promise<TextTable> {
  const bytes = await bytesOf(file)
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
