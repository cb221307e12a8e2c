import { countText } from '@shared/format/count-text'
import { fileLimits } from '@shared/limits/files'
import { originalCells } from '../exports/cell-safety'
import { eachCsvRow, firstCsvRows } from '../exports/read/csv-rows'
import { damaged } from '../exports/read/damaged'
import { checkBytes, checkCells, checkNames, checkRows } from '../exports/read/limits'
import { readBytes } from '../exports/read/read-bytes'

/** `line` is the row's place in a spreadsheet, the first row being 1. `cells` end with the last one that is not blank. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Why none of its cells can be trusted to be in the right column. */
  readonly problem?: string
}

export interface CsvFile {
  readonly header: readonly string[]
  readonly rows: readonly FileRow[]
  readonly notes: readonly string[]
}

const limits = fileLimits.import
/** What the separator is detected from. */
const sampleRows = 20
const sampleLength = 64 * 1024

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

/** Spreadsheets end each row with separators up to their widest one. */
const filled = (cells: readonly string[]): readonly string[] =>
  cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1)

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

const fileRow = (line: number, cells: readonly string[], width: number): FileRow => {
  if (cells.length <= width) return { line, cells }
  const problem = `Row ${line} has ${cells.length} cells, the header has ${width}. Put text that contains the separator in quotes.`
  return { line, cells, problem }
}

const separators = [',', ';', '\t']

/** The separator by which most of the first rows are as long as their header; of several the one that makes more columns. */
function separatorOf(text: string): string {
  const start = text.slice(0, sampleLength)
  const candidates = separators.map((separator) => {
    const [header = [], ...rows] = firstCsvRows(start, separator, sampleRows).map(filled)
    const alike = header.length < 2 ? -1 : rows.filter(({ length }) => length === header.length).length
    return { separator, alike, width: header.length }
  })
  const [best] = candidates.toSorted((a, b) => b.alike - a.alike || b.width - a.width)
  return best?.separator ?? ','
}

/**
 * Reads CSV text with a header line; the separator (comma, semicolon or tab) is detected. In a `raw` file, a cell is
 * what it says: an apostrophe before an equals sign is part of a password. Errors: FleetError `damaged`.
 */
export function parseImport(text: string, raw = false): CsvFile {
  let header: readonly string[] | undefined
  let native = false
  const rows: FileRow[] = []
  eachCsvRow(text, separatorOf(text), limits, (cells, line) => {
    if (isBlank(cells)) return
    if (header === undefined) {
      header = filled(cells).map((name) => name.trim())
      checkNames(header, limits)
      native = raw || isNative(header)
      return
    }
    checkRows(rows.length + 1, limits)
    checkCells(rows.length + 1, header.length, limits)
    rows.push(fileRow(line, native ? filled(cells) : originalCells(filled(cells)), header.length))
  })
  if (header === undefined) throw damaged('it is empty')
  if (rows.length === 0) throw damaged('it has no rows below its header')
  const shifted = rows.filter(({ problem }) => problem !== undefined).length
  const note = `${countText(shifted, 'row has', 'rows have')} more cells than the header and cannot be imported. The preview shows why.`
  return { header, rows, notes: shifted === 0 ? [] : [note] }
}

/** Reads rows that were copied, as from a spreadsheet. Errors: FleetError `damaged`. */
export function parseCopied(text: string): CsvFile {
  checkBytes(Buffer.byteLength(text), limits)
  if (text.includes('\0')) throw damaged('it is not text')
  return parseImport(text)
}

/** Reads a CSV file: UTF-8 with or without its mark. Errors: FleetError `disk`, `damaged`. */
export const readImport = async (path: string, raw?: boolean): Promise<CsvFile> =>
  parseImport(textOf(await readBytes(path, limits)), raw)
