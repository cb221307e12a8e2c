import { unzipSync, zipSync, type Unzipped } from 'fflate'
import { readSheet } from 'read-excel-file/node'
import { fileLimits, type TableLimits } from '@shared/limits/files'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { originalCell } from '../cell-safety'
import { sheetName } from '../write/xlsx-cells'
import { cellText, wholeTable, type TextTable } from '../table'
import { clockStyles, markedMidnights } from './clock-cells'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'
import { checkEntries } from './zip-entries'
import { checkCellLengths, checkCells, checkColumns, checkRows, checkTextLength, megabytes, overLimit } from './limits'

const alphabet = 26

/** The XML files of the workbook; their sizes are known before anything is unpacked. */
function unpack(bytes: Buffer): Unzipped {
  let total = 0
  const isWanted = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }): boolean => {
    if (!/\.(?:xml|rels)$/.test(name)) return false
    total += originalSize
    if (total > fileLimits.unpackedBytes) {
      const hint = 'Save the sheet as CSV, without empty rows and formats, and open that.'
      throw overLimit(
        `more than ${megabytes(fileLimits.unpackedBytes)} when unpacked`,
        megabytes(fileLimits.unpackedBytes),
        hint,
      )
    }
    return true
  }
  const files = unzipSync(bytes, { filter: isWanted })
  checkEntries(bytes, files)
  return files
}

const columnOf = (letters: string): number =>
  [...letters].reduce((column, letter) => column * alphabet + letter.charCodeAt(0) - 64, 0)

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1')

/** The library leaves out cells with an error, such as #REF!, and rows that have nothing else: as texts they stay. */
const errorsAsTexts = (text: string): string => text.replace(/(<c\s[^<>]*?\bt\s*=\s*)(?:"e"|'e')/g, '$1"str"')

/**
 * The library makes a cell for every place up to the last one, so the places are checked first: in every part, as a workbook may call its sheets as it
 * likes. What else it may read as a place is found when it has read the sheet.
 */
function checkArea(text: string, limits: TableLimits): void {
  let [rows, columns, cells] = [0, 0, 0]
  for (const [, place = ''] of text.matchAll(/<c\s[^<>]*?\br\s*=\s*["']([^"'<>]*)["']/g)) {
    const [, letters, row] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(place) ?? []
    if (letters === undefined) throw damaged(`a cell has the place ${JSON.stringify(place.slice(0, 20))}`)
    rows = Math.max(rows, Number(row))
    columns = Math.max(columns, columnOf(letters))
    cells += 1
  }
  checkCells(rows, columns, limits)
  checkColumns(columns, limits)
  checkRows(rows, limits)
  checkCells(cells, 1, limits)
}

/** The library needs minutes for many megabytes of blanks between elements. A cell may have as many as any text. */
function checkBlanks(part: Uint8Array, limits: TableLimits): void {
  let run = 0
  for (const byte of part) {
    run = byte <= 0x20 ? run + 1 : 0
    if (run > limits.cellLength)
      throw overLimit(
        `more than ${printNumber(limits.cellLength)} blanks in a row`,
        printNumber(limits.cellLength),
        'Open it in a spreadsheet program and save it again.',
      )
  }
}

export interface Sheet {
  /** Texts, numbers, switches and times, without those at the end of a row that are blank. */
  readonly sheet: readonly (readonly unknown[])[]
  /** Written by this app, whose workbooks make no cell safe for a spreadsheet. */
  readonly isPlain: boolean
}

/**
 * The first sheet of a workbook; errors: FleetError `damaged`. Sizes in the parts of an archive may differ from those in
 * its directory, by which it was unpacked; the library gets one without doubts. With `marksMidnight`, times that are shown
 * as midnight are a moment later than days without a time.
 */
export async function firstSheet(bytes: Buffer, limits: TableLimits, marksMidnight = false): Promise<Sheet> {
  try {
    const files = unpack(bytes)
    const isPlain = latin1(files['xl/workbook.xml'] ?? new Uint8Array()).includes(`name="${sheetName}"`)
    const styles = marksMidnight ? clockStyles(latin1(files['xl/styles.xml'] ?? new Uint8Array())) : new Set<string>()
    for (const [name, content] of Object.entries(files)) {
      checkBlanks(content, limits)
      const text = latin1(content)
      checkArea(text, limits)
      const changed = markedMidnights(errorsAsTexts(text), styles)
      if (changed !== text) files[name] = Buffer.from(changed, 'latin1')
    }
    const sheet = await readSheet(Buffer.from(zipSync(files, { level: 0 })), { trim: false })
    return { sheet, isPlain }
  } catch (error) {
    if (error instanceof FleetError) throw error
    throw damaged('it is not a whole XLSX workbook with a sheet')
  }
}

/** Reads the first sheet of a workbook as text, the first row being the header. */
export async function readXlsx(bytes: Buffer): Promise<TextTable> {
  const limits = fileLimits.view
  const { sheet, isPlain } = await firstSheet(bytes, limits)
  const [header, ...body] = sheet.map((row) =>
    row.map((cell) => {
      const text = cell instanceof Date ? cell.toISOString() : cellText(cell)
      return isPlain ? text : originalCell(text)
    }),
  )
  if (header === undefined) throw damaged('its first sheet is empty')
  checkColumns(header.length, limits)
  const rows = body.map((row) => header.map((_, index) => row[index] ?? ''))
  for (const [at, row] of rows.entries()) checkCellLengths(row, at + 2, limits)
  checkTextLength(rows, limits)
  return wholeTable(columnsOf(header), rows)
}
