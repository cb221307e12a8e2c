import { join } from 'node:path'
import { z } from 'zod'
import type { OpenedExport } from '@shared/domain/export'
import { readingIdSchema } from '@shared/domain/file-reading'
import { openDroppedChannel } from '@shared/ipc/channels'
import { selectedLimits } from '@shared/limits/selected'
import type { Dialogs } from '../services/dialogs'
import type { ExportFinder } from '../services/exports/export-finder'
import type { ExportsService } from '../services/exports/exports-service'
import type { Library } from '../services/exports/library'
import type { ExportViewer } from '../services/exports/viewer'
import type { FileReadings } from '../services/file-readings'
import { handle, handlePreloadOnly } from './handle'

export interface ExportsIpcDeps {
  readonly exports: ExportsService
  readonly viewer: ExportViewer
  readonly library: Library
  readonly finder: ExportFinder
  readonly readings: FileReadings
  readonly dialogs: Dialogs
  readonly showInFolder: (path: string) => void
  readonly copy: (text: string) => Promise<void>
  readonly onChange: () => void
}

const readable = [
  { name: 'Exports', extensions: ['csv', 'xlsx', 'jsonl', 'ndjson', 'txt'] },
  { name: 'All files', extensions: ['*'] },
]

/** Handles `exports:*` and files dropped on the window. */
export function registerExportsIpc({
  exports,
  viewer,
  library,
  finder,
  readings,
  dialogs,
  showInFolder,
  copy,
  onChange: changed,
}: ExportsIpcDeps): void {
  handle('exports:start', (request) => ({ jobId: exports.start(request) }))
  handle('exports:list', () => {
    viewer.prepare()
    return library.list()
  })
  handle('exports:find', ({ text, limit }) => finder.find(text, limit))
  handle('exports:verify', ({ id }) => library.verify(id))
  handle('exports:open', ({ id, readingId }) => readings.run(readingId, '', (signal) => viewer.open(id, signal)))
  const openPath = (path: string, readingId: string): Promise<OpenedExport> =>
    readings.run(readingId, path, (signal) => viewer.openPath(path, signal))
  handle('exports:openFile', async ({ readingId }) => {
    const path = await dialogs.openFile({ title: 'Open an export', filters: readable })
    return path === undefined ? null : openPath(path, readingId)
  })
  handlePreloadOnly<{ path: string; readingId: string }, OpenedExport>(
    openDroppedChannel,
    z.object({ path: z.string().min(1).max(selectedLimits.path), readingId: readingIdSchema }),
    ({ path, readingId }) => openPath(path, readingId),
  )
  handle('files:cancel', ({ readingId }) => {
    readings.cancel(readingId)
    return null
  })
  handle('exports:rows', ({ viewId, query }) => viewer.rows(viewId, query))
  handle('exports:copyRows', async ({ viewId, ...request }) => {
    const { text, rows } = await viewer.copy(viewId, request)
    await copy(text)
    return { rows }
  })
  handle('exports:close', async ({ viewId }) => {
    await viewer.close(viewId)
    return null
  })
  handle('exports:showInFolder', async ({ id }) => {
    showInFolder(await viewer.pathOf(id))
    return null
  })
  handle('exports:saveCopy', async ({ id }) => {
    const { file } = await library.find(id)
    const target = await dialogs.saveFile({ title: 'Save a copy', defaultPath: file, filters: readable })
    if (target === undefined) return { saved: false, name: '' }
    await viewer.saveCopy(id, target)
    return { saved: true, name: target.slice(join(target, '..').length + 1) }
  })
  handle('exports:remove', async ({ ids }) => {
    await library.remove(ids)
    changed()
    return null
  })
}
