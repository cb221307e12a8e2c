const mebibyte = 1024 * 1024

/** What a file may have that a person opens as a table. Lengths are in characters. */
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
  /** The cells of a table together. */
  readonly textLength: number
  readonly seconds: number
}

/** The limits of all files that the app reads as tables. The tables that the app writes itself have up to 65 columns. */
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
  /** The XML files of a workbook together. */
  unpackedBytes: 128 * mebibyte,
  /** Objects and lists within each other in a value of JSON lines. */
  depth: 100,
  /** A page of rows on its way to the window; texts beyond it are shortened. */
  pageLength: 8_000_000,
  /** The process that reads a file may use so much memory. */
  processMegabytes: 1536,
} as const satisfies Readonly<Record<string, TableLimits | number>>
