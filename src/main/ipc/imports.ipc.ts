import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportFile } from '@shared/domain/import'
import { readingIdSchema } from '@shared/domain/file-reading'
import { listIdSchema } from '@shared/domain/record'
import { serverIdSchema } from '@shared/domain/server'
import { importDroppedChannel } from '@shared/ipc/channels'
import { selectedLimits } from '@shared/limits/selected'
import type { Dialogs } from '../services/dialogs'
import type { FileReadings } from '../services/file-readings'
import { copiedName } from '../services/imports/words'
import type { ManyImports } from '../services/imports/many-imports'
import type { ImportsService } from '../services/imports/imports-service'
import { handle, handlePreloadOnly } from './handle'

export interface ImportsIpcDeps {
  readonly imports: ImportsService
  /** Imports into several servers. */
  readonly many: ManyImports
  readonly readings: FileReadings
  readonly dialogs: Dialogs
  /** The text on the clipboard. */
  readonly copied: () => Promise<string>
}

const csv = [
  { name: 'CSV and lists', extensions: ['csv', 'tsv', 'txt', 'netset', 'ipset', 'list'] },
  { name: 'All files', extensions: ['*'] },
]
const droppedSchema = z.object({
  serverId: serverIdSchema.optional(),
  resource: listIdSchema,
  readingId: readingIdSchema,
  path: z.string().min(1).max(selectedLimits.path),
})

/** Handles `imports:*` and CSV files dropped on the import. */
export function registerImportsIpc({ imports, many, readings, dialogs, copied }: ImportsIpcDeps): void {
  const read = ({ serverId, resource, readingId, path }: z.infer<typeof droppedSchema>): Promise<ImportFile> =>
    readings.run(readingId, path, (signal) =>
      serverId === undefined ? many.read(resource, path, signal) : imports.read(serverId, resource, path, signal),
    )
  handle('imports:choose', async (target) => {
    const path = await dialogs.openFile({ title: 'Import a CSV file', filters: csv })
    return path === undefined ? null : read({ ...target, path })
  })
  handlePreloadOnly<z.infer<typeof droppedSchema>, ImportFile>(importDroppedChannel, droppedSchema, read)
  handle('imports:paste', ({ serverId, resource, readingId }) =>
    readings.run(readingId, copiedName, async (signal) => {
      const text = await copied()
      return serverId === undefined
        ? many.paste(resource, text, signal)
        : imports.paste(serverId, resource, text, signal)
    }),
  )
  handle('imports:mapMany', (args) => many.map(args))
  handle('imports:map', (args) => imports.map(args))
  handle('imports:setFirstRow', (args) => (many.has(args.importId) ? many : imports).setFirstRow(args))
  handle('imports:setSeparator', (args) => (many.has(args.importId) ? many : imports).setSeparator(args))
  handle('imports:change', (args) => (many.has(args.importId) ? many : imports).change(args))
  handle('imports:get', (args) => imports.get(args))
  handle('imports:rows', (args) => (many.has(args.importId) ? many : imports).rows(args))
  handle('imports:apply', (args) => imports.apply(args))
  handle('imports:saveResult', async ({ importId, which }) => {
    const service = many.has(importId) ? many : imports
    const defaultPath = service.nameFor({ importId, which })
    const path = await dialogs.saveFile({ title: 'Save the rows', defaultPath, filters: csv })
    if (path === undefined) return { saved: false, name: '' }
    await service.save({ importId, which, path })
    return { saved: true, name: basename(path) }
  })
  handle('imports:close', (args) => {
    many.close(args)
    imports.close(args)
    return null
  })
}
