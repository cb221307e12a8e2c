const mebibyte = 1024 * 1024

/** Limits of a file that is opened as a table. Lengths are in characters. */
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

/** Limits of all files that are read as tables. Tables written by the app have up to 65 columns. */
export const fileLimits = {
  view: {
    bytes: 128 * mebibyte,
    rows: 1_000_000,
    lines: 2_000_000,
    columns: 256,
    cells: 5_000_000,
    cellLength: 2_000_000,
    nameLength: 1000,
    textLength: 128 * mebibyte,
    seconds: 120,
  },
  import: {
    bytes: 20 * mebibyte,
    rows: 50_000,
    lines: 500_000,
    columns: 256,
    cells: 1_000_000,
    cellLength: 100_000,
    nameLength: 1000,
    textLength: 20 * mebibyte,
    seconds: 60,
  },
  /** All XML files of a workbook together. */
  unpackedBytes: 128 * mebibyte,
  /** Nesting of objects and lists in a JSON line. */
  depth: 100,
  /** A page of rows for the window; longer texts are truncated. */
  pageLength: 8_000_000,
  /** Maximum memory of the process that reads a file. */
  processMegabytes: 1536,
} as const satisfies Readonly<Record<string, TableLimits | number>>
