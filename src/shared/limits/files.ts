import { limit, mebibyte, valuesOf } from './limit'

const seconds = 'The process that reads the file is ended; the message gives the time, and other files are not affected'
const refused = 'The file is not opened; the message names the value, the limit and what to do'

/** The limits of a file that is opened as a table. Lengths are in characters. */
const tableLimits = <const S extends TableLimits>(max: S) =>
  ({
    bytes: limit('Size', max.bytes, 'bytes', refused),
    rows: limit('Rows', max.rows, 'rows', refused),
    lines: limit('Rows and blank lines', max.lines, 'lines', refused),
    columns: limit('Columns', max.columns, 'columns', refused),
    cells: limit('Rows times columns', max.cells, 'cells', refused),
    cellLength: limit('Length of a cell', max.cellLength, 'characters', refused),
    nameLength: limit('Length of a column name', max.nameLength, 'characters', refused),
    textLength: limit('Total length of all cells', max.textLength, 'characters', refused),
    seconds: limit('Time', max.seconds, 's', seconds),
  }) as const

export interface TableLimits {
  readonly bytes: number
  readonly rows: number
  /** Rows and blank lines. */
  readonly lines: number
  readonly columns: number
  /** Rows times columns. */
  readonly cells: number
  readonly cellLength: number
  readonly nameLength: number
  /** All cells of a table together. */
  readonly textLength: number
  readonly seconds: number
}

/** Tables written by the app have up to 65 columns. */
export const viewTable = {
  input: 'Export, CSV, XLSX or JSON lines file that is opened as a table',
  limits: tableLimits({
    bytes: 128 * mebibyte,
    rows: 1_000_000,
    lines: 2_000_000,
    columns: 256,
    cells: 5_000_000,
    cellLength: 2_000_000,
    nameLength: 1000,
    textLength: 128 * mebibyte,
    seconds: 120,
  }),
} as const

export const importTable = {
  input: 'File, drop or clipboard that is imported: rules, lists, passwords',
  limits: tableLimits({
    bytes: 20 * mebibyte,
    rows: 50_000,
    lines: 500_000,
    columns: 256,
    cells: 1_000_000,
    cellLength: 100_000,
    nameLength: 1000,
    textLength: 20 * mebibyte,
    seconds: 60,
  }),
} as const

export const readerTable = {
  input: 'Process that reads tables and plan files',
  limits: {
    unpackedBytes: limit('XML files of a workbook, unpacked', 128 * mebibyte, 'bytes', refused),
    depth: limit('Nesting in a JSON line', 100, 'levels', refused),
    pageLength: limit('Page of rows for the window', 8_000_000, 'characters', 'Longer texts are truncated with “…”'),
    processMegabytes: limit(
      'Memory',
      1536,
      'MB',
      'The process ends; the message names the limit, and the app keeps running',
    ),
  },
} as const

/** Limits of all files that are read as tables. */
export const fileLimits = {
  view: valuesOf(viewTable),
  import: valuesOf(importTable),
  ...valuesOf(readerTable),
} as const satisfies Readonly<Record<string, TableLimits | number>>
