import Papa from 'papaparse'
import type { ExportColumn } from '@shared/domain/export'
import { originalCells } from '../cell-safety'
import type { TextRow, TextTable } from '../table'
import type { CsvIndex } from './csv-index'
import { damaged } from './damaged'
import { columnsOf } from './known-columns'

/** Rows that are read without a pause. A page requested meanwhile waits no longer than for these. */
const partRows = 2000

/** A regular CSV file of which only those rows are parsed that are asked for. */
export class RegularCsv implements TextTable {
  readonly columns: readonly ExportColumn[]
  readonly notes: readonly string[] = []
  readonly count: number
  private readonly read: TextRow[] = []

  constructor(
    private bytes: Buffer,
    private readonly index: CsvIndex,
    private readonly safe: boolean,
  ) {
    this.columns = columnsOf(this.parse(0, 1)[0] ?? [])
    // Neither the header nor the end of the file is a row.
    this.count = index.starts.length - 2
  }

  row(place: number): TextRow {
    return this.read[place] ?? this.rows(place, place + 1)[0] ?? []
  }

  all(): readonly TextRow[] {
    while (this.readOn());
    return this.read
  }

  readOn(): boolean {
    const from = this.read.length
    if (from === this.count) return false
    const rows = this.rows(from, Math.min(from + partRows, this.count))
    // The index and the parser would disagree; going on would not come to an end.
    if (rows.length === 0) throw damaged('its lines cannot be separated', `row ${from + 1}`)
    this.read.push(...rows)
    if (this.read.length === this.count) this.bytes = Buffer.alloc(0)
    return true
  }

  private rows(from: number, to: number): readonly TextRow[] {
    const rows = this.parse(from + 1, to + 1)
    return this.safe ? rows.map(originalCells) : rows
  }

  private parse(from: number, to: number): readonly TextRow[] {
    const { starts, newline } = this.index
    const text = this.bytes.toString('utf8', starts[from], starts[to])
    // The parser takes a byte order mark away from what it is given; one that begins a cell must stay.
    return Papa.parse<string[]>(`\ufeff${text}`, { delimiter: ',', newline, skipEmptyLines: true }).data
  }
}
