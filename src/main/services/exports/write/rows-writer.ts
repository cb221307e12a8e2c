import type { ExportColumn } from '@shared/domain/export'
import type { HashingSink } from '../sink'

export type ResourceRow = Readonly<Record<string, unknown>>

/** Turns rows of a resource into the bytes of one format. `end` is called once, after the last rows. */
export interface RowsWriter {
  write(rows: readonly ResourceRow[]): Promise<void>
  end(): Promise<void>
}

export type MakeWriter = (sink: HashingSink, columns: readonly ExportColumn[]) => RowsWriter
