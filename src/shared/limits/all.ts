import { argumentTable } from './argument'
import { importTable, readerTable, viewTable } from './files'
import type { LimitTable } from './limit'
import { replyTable } from './reply'
import { selectedTable } from './selected'
import { recordsTable, storedTable } from './stored'

/** Every limit of what comes from outside the app, in the order of docs/limits.md. */
export const limitTables: readonly LimitTable[] = [
  replyTable,
  viewTable,
  importTable,
  readerTable,
  selectedTable,
  storedTable,
  recordsTable,
  argumentTable,
]
