import { readFile, stat } from 'node:fs/promises'
import Papa from 'papaparse'
import { importBytesMax, importRowsMax } from '@shared/domain/import'
import { diskError } from '../../storage/disk-error'
import { originalCells } from '../exports/cell-safety'
import { damaged } from '../exports/read/damaged'

/** `line` is the row's place in a spreadsheet, the header being 1. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvFile {
  readonly header: readonly string[]
  readonly rows: readonly FileRow[]
  readonly notes: readonly string[]
}

const notesMax = 5
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

async function bytesOf(path: string): Promise<Buffer> {
  try {
    const found = await stat(path)
    // A device or a pipe has no end.
    if (!found.isFile()) throw damaged('it is not a file')
    if (found.size > importBytesMax) throw damaged('it is larger than 20 MB')
    return await readFile(path)
  } catch (error) {
    throw diskError(error, path, 'read')
  }
}

function textOf(bytes: Buffer): string {
  if (bytes.includes(0)) throw damaged('it is not a text file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw damaged('it is not UTF-8; a spreadsheet saves it as “CSV UTF-8”')
  }
}

/**
 * The PBX's own file is recognised by its column of ids in front; its cells are as the PBX has them. In any other file cells may have been made safe for a
 * spreadsheet, as our exports are.
 */
const isNative = (header: readonly string[]): boolean => header[0]?.trim().toLowerCase() === 'id' && header.length > 1

/** Found out from the first lines that are not blank, which would count as rows of one cell. */
const separatorOf = (text: string): string =>
  Papa.parse(text, { preview: 20, skipEmptyLines: 'greedy', delimitersToGuess: [',', ';', '\t'] }).meta.delimiter

/** Reads CSV text with a header line; the separator (comma, semicolon or tab) is found out. Errors: FleetError `damaged`. */
export function parseImport(text: string): CsvFile {
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter: separatorOf(text),
    // Blank lines count here, too.
    preview: importRowsMax * 2,
  })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken !== undefined) throw damaged('a quoted cell is not closed', `row ${(broken.row ?? 0) + 1}`)
  const at = data.findIndex((cells) => !isBlank(cells))
  const header = data[at]
  if (header === undefined) throw damaged('it is empty')
  const notes: string[] = []
  const rows: FileRow[] = []
  const native = isNative(header)
  for (const [index, cells] of data.entries()) {
    if (index <= at || isBlank(cells)) continue
    if (rows.length === importRowsMax)
      throw damaged(`it has more than ${importRowsMax.toLocaleString('en')} rows; divide it`)
    const line = index + 1
    if (cells.length > header.length && notes.length < notesMax)
      notes.push(`Row ${line} has ${cells.length} cells instead of ${header.length}; the last ones are left out.`)
    rows.push({ line, cells: native ? cells : originalCells(cells) })
  }
  if (rows.length === 0) throw damaged('it has no rows below its header')
  return { header: header.map((name) => name.trim()), rows, notes }
}

/** Reads a CSV file: UTF-8 with or without its mark, at most 20 MB and 50,000 rows. Errors: FleetError `disk`, `damaged`. */
export const readImport = async (path: string): Promise<CsvFile> => parseImport(textOf(await bytesOf(path)))
