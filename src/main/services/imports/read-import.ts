import { countText } from '@shared/format/count-text'
import { fileLimits } from '@shared/limits/files'
import type { FleetError } from '@shared/ipc/result'
import { originalCells } from '../exports/cell-safety'
import { eachCsvRow } from '../exports/read/csv-rows'
import { damaged } from '../exports/read/damaged'
import { checkBytes, checkCells, checkNames, checkRows } from '../exports/read/limits'
import { readBytes } from '../exports/read/read-bytes'
import { decodedText } from '../../storage/decode-text'
import { addressList } from './address-list'
import { filled, layoutOf } from './csv-layout'
import { jsonFile } from './json-file'
import { leadingLines } from './leading-lines'
import { skippedNotes, type SkippedRow } from './skipped-rows'
import { isWorkbook, sheetText } from './sheet-text'

/** `line` is the row's place in a spreadsheet, the first row being 1. `cells` end with the last one that is not blank. */
export interface FileRow {
  readonly line: number
  readonly cells: readonly string[]
  /** Why none of its cells can be trusted to be in the right column. */
  readonly problem?: string
  /** Texts that the user gave it for fields without a column, by field key. */
  readonly own?: Readonly<Record<string, string>>
  /** Whether the user left it out, or added it although it has expired. */
  readonly isExcluded?: boolean
}

export interface CsvFile {
  /** The names of the columns; blank where the file has none. */
  readonly header: readonly string[]
  /** The row that has them, with every cell; undefined for a file that is known to have none. */
  readonly headerRow?: FileRow
  readonly rows: readonly FileRow[]
  readonly notes: readonly string[]
  /** A workbook or JSON, which needs no separator. */
  readonly isStructured?: true
  /** What separates its cells; undefined for a list of addresses. */
  readonly separator?: string
}

/**
 * How to read a file. In a `raw` one a cell is what it says: an apostrophe before an equals sign is part of a password.
 * Without a separator, it is detected.
 */
export interface ReadOptions {
  readonly raw?: boolean | undefined
  readonly separator?: string | undefined
  /** What columns may be called, as `plainName` returns it: finds the header among titles and comments. */
  readonly names?: readonly string[] | undefined
  /** Its rows may contain passwords, so that no text of a row is in its notes. */
  readonly hasSecrets?: boolean | undefined
}

const limits = fileLimits.import
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

const notUtf8 = 'it is not UTF-8; a spreadsheet saves it as “CSV UTF-8”'
const guessNote =
  'The file is not UTF-8 and was read as Windows-1252 (Western Europe). Check letters with accents in the preview, or save it as “CSV UTF-8”.'

/** Reads the text of a file. A guess is shown as such; a `raw` file is not guessed, because it has passwords. */
function readText(bytes: Buffer, options: ReadOptions | undefined): CsvFile {
  const decoded = decodedText(bytes)
  if (decoded === undefined || (decoded.isGuess && options?.raw === true)) throw damaged(notUtf8)
  if (decoded.text.includes('\0')) throw damaged('it is not a text file')
  const file = parseText(decoded.text, options)
  return decoded.isGuess ? { ...file, notes: [guessNote, ...file.notes] } : file
}

/**
 * The PBX's own file is recognised by its column of ids in front; its cells are as the PBX has them. In any other file cells may have been made safe for a
 * spreadsheet, as our exports are.
 */
const isNative = (header: readonly string[]): boolean => header[0]?.trim().toLowerCase() === 'id' && header.length > 1

const fileRow = (line: number, cells: readonly string[], width: number, first: string): FileRow => {
  if (cells.length <= width) return { line, cells }
  const problem = `Row ${line} has ${cells.length} cells, the ${first} has ${width}. Put text that contains the separator in quotes.`
  return { line, cells, problem }
}

const shiftedNotes = (rows: readonly FileRow[], first: string): readonly string[] => {
  const shifted = rows.filter(({ problem }) => problem !== undefined).length
  const note = `${countText(shifted, 'row has', 'rows have')} more cells than the ${first} and cannot be imported. The preview shows why.`
  return shifted === 0 ? [] : [note]
}

/** A list of addresses as a file; its comments are a column. */
function listFile(text: string, comments: readonly SkippedRow[], hasSecrets: boolean): CsvFile | undefined {
  const list = addressList(text)
  if (list === undefined) return undefined
  const { header: above, rows } = list
  const names = [above?.cells[0] ?? '', 'Comment']
  const width = rows.some(({ cells }) => cells.length > 1) ? 2 : 1
  return { header: names.slice(0, width), rows, notes: skippedNotes([...comments, ...list.comments], hasSecrets) }
}

/**
 * Reads CSV text; the separator (comma, semicolon, tab or vertical bar) is detected, comments and titles above the table are left
 * out. Errors: FleetError `damaged`.
 */
export function parseImport(
  given: string,
  { raw = false, separator: wanted, names: columns = [], hasSecrets = false }: ReadOptions = {},
): CsvFile {
  const names = new Set(columns)
  const leading = leadingLines(given, names)
  const named = wanted ?? leading.separator
  const list = raw || named !== undefined ? undefined : listFile(leading.text, leading.comments, hasSecrets)
  if (list !== undefined) return list
  const candidates = named === undefined ? undefined : [named]
  const below = layoutOf(leading.text, names, candidates)
  // A comment is the header if no row is known to be it.
  const isComment = leading.named !== undefined && !below.isNamed
  const { text, comments } = (isComment ? leading.named : undefined) ?? leading
  const { separator, titles } = isComment ? layoutOf(text, names, candidates) : below
  let header: readonly string[] | undefined
  let headerRow: FileRow | undefined
  let native = false
  const rows: FileRow[] = []
  const skipped = [...comments]
  eachCsvRow(text, separator, limits, (cells, line) => {
    if (isBlank(cells)) return
    if (header === undefined && skipped.length < comments.length + titles) {
      skipped.push({ line, text: filled(cells).join(separator) })
      return
    }
    if (header === undefined) {
      header = filled(cells).map((name) => name.trim())
      checkNames(header, limits)
      native = raw || isNative(header)
      headerRow = { line, cells: native ? cells : originalCells(cells) }
      return
    }
    checkRows(rows.length + 1, limits)
    checkCells(rows.length + 1, header.length, limits)
    rows.push(fileRow(line, native ? filled(cells) : originalCells(filled(cells)), header.length, 'header'))
  })
  if (header === undefined || headerRow === undefined) throw damaged('it is empty')
  if (raw && rows.length === 0) throw withoutRows()
  const notes = [...skippedNotes(skipped, hasSecrets), ...shiftedNotes(rows, 'header')]
  return { header, headerRow, rows, notes, separator }
}

export const withoutRows = (): FleetError => damaged('it has no rows below its header')

/** The same file with its first row as one of the rows. */
export function withoutHeader({ headerRow, rows, notes, ...file }: CsvFile): CsvFile {
  const { line = 0, cells = [] } = headerRow ?? {}
  const width = cells.length
  const all = [{ line, cells }, ...rows].map((row) => fileRow(row.line, row.cells, width, 'first row'))
  const kept = notes.filter((note) => !shiftedNotes(rows, 'header').includes(note))
  return { ...file, header: cells.map(() => ''), rows: all, notes: [...kept, ...shiftedNotes(all, 'first row')] }
}

/** Reads rows that were copied, as from a spreadsheet, or JSON. Errors: FleetError `damaged`. */
export function parseCopied(text: string, options?: ReadOptions): CsvFile {
  checkBytes(Buffer.byteLength(text), limits)
  if (text.includes('\0')) throw damaged('it is not text')
  return parseText(text, options)
}

/** Text that was saved or copied with byte order marks in front; the decoder of a file removes only one. */
const withoutMark = (text: string): string => text.replace(/^\ufeff+/, '')

/** JSON has names for its columns and nothing between them. */
function parseText(marked: string, options?: ReadOptions): CsvFile {
  const text = withoutMark(marked)
  const json = jsonFile(text, options?.hasSecrets)
  return json === undefined ? parseImport(text, options) : { ...json, isStructured: true }
}

/** The first sheet of a workbook, which is read as CSV is. */
async function parseWorkbook(bytes: Buffer, options: ReadOptions | undefined): Promise<CsvFile> {
  const { text, isPlain, isList } = await sheetText(bytes, limits)
  const raw = options?.raw === true || isPlain
  const { separator: _, ...file } = parseImport(text, {
    names: options?.names,
    hasSecrets: options?.hasSecrets,
    ...(isList && !raw ? {} : { raw, separator: ',' }),
  })
  return { ...file, isStructured: true }
}

/**
 * Reads a file of rows: CSV or a list, an XLSX workbook, JSON or JSON lines. Errors:
 * FleetError `disk`, `damaged`.
 */
export async function readImport(path: string, options?: ReadOptions): Promise<CsvFile> {
  const bytes = await readBytes(path, limits)
  return isWorkbook(bytes) ? parseWorkbook(bytes, options) : readText(bytes, options)
}
