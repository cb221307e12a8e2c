import { basename, dirname, extname } from 'node:path'
import { exportedOf } from '@shared/resources/exported'
import type { Dialogs } from '../services/dialogs'
import type { MergedTables } from '../services/rows/merged-tables'
import { writeAtomic } from '../storage/write-atomic'
import { handle } from './handle'

interface MergedIpcDeps {
  readonly tables: MergedTables
  readonly dialogs: Pick<Dialogs, 'saveFile'>
  /** Copies to the clipboard. */
  readonly copy: (text: string) => void
}

const filters = [
  { name: 'CSV', extensions: ['csv'] },
  { name: 'Excel', extensions: ['xlsx'] },
]

/** Handles `merged:*`; progress is pushed as `merged:changed`. */
export function registerMergedIpc({ tables, dialogs, copy }: MergedIpcDeps): void {
  handle('merged:open', ({ resource, serverIds }) => tables.open(resource, serverIds))
  handle('merged:show', ({ viewId, serverIds }) => tables.show(viewId, serverIds))
  handle('merged:read', ({ viewId, serverIds }) => {
    tables.read(viewId, serverIds)
    return null
  })
  handle('merged:rows', ({ viewId, query }) => tables.page(viewId, query))
  handle('merged:copy', async ({ viewId, rows }) => {
    const { text, rows: count } = await tables.copy(viewId, rows)
    copy(text)
    return { rows: count }
  })
  handle('merged:save', async ({ viewId, rows }) => {
    const day = new Date().toISOString().slice(0, 10)
    const { label: title } = exportedOf(tables.resourceOf(viewId))
    const path = await dialogs.saveFile({
      title: `Save ${title} as a file`,
      defaultPath: `${title} ${day}.csv`,
      filters,
    })
    if (path === undefined) return { saved: false, name: '', folder: '', rows: 0 }
    const format = extname(path).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv'
    const { bytes, rows: count } = await tables.save(viewId, rows, format)
    await writeAtomic(path, bytes)
    return { saved: true, name: basename(path), folder: dirname(path), rows: count }
  })
  handle('merged:close', ({ viewId }) => {
    tables.close(viewId)
    return null
  })
}
