import { basename } from 'node:path'
import { z } from 'zod'
import { copiedName, importOfSchema, serversImport, type ImportFile } from '@shared/domain/import'
import { readingIdSchema } from '@shared/domain/file-reading'
import { serverIdSchema } from '@shared/domain/server'
import { importDroppedChannel } from '@shared/ipc/channels'
import { selectedLimits } from '@shared/limits/selected'
import type { Dialogs } from '../services/dialogs'
import type { FileReadings } from '../services/file-readings'
import type { ManyImports } from '../services/imports/many-imports'
import type { ImportsService } from '../services/imports/imports-service'
import type { ServerImports } from '../services/workspace/server-imports'
import { handle, handlePreloadOnly } from './handle'

export interface ImportsIpcDeps {
  readonly imports: ImportsService
  /** Imports into several servers. */
  readonly many: ManyImports
  /** Imports of servers into the workspace. */
  readonly added: ServerImports
  readonly readings: FileReadings
  readonly dialogs: Dialogs
  /** The text on the clipboard. */
  readonly copied: () => Promise<string>
}

const filters = [
  {
    name: 'Tables and lists',
    extensions: ['csv', 'xlsx', 'tsv', 'txt', 'json', 'jsonl', 'ndjson', 'netset', 'ipset', 'list'],
  },
  { name: 'All files', extensions: ['*'] },
]
const csv = [{ name: 'CSV', extensions: ['csv'] }]
const droppedSchema = z.object({
  serverId: serverIdSchema.optional(),
  resource: importOfSchema,
  readingId: readingIdSchema,
  path: z.string().min(1).max(selectedLimits.path),
})

/** Handles `imports:*` and files dropped on the import. */
export function registerImportsIpc({ imports, many, added, readings, dialogs, copied }: ImportsIpcDeps): void {
  const read = ({ serverId, resource, readingId, path }: z.infer<typeof droppedSchema>): Promise<ImportFile> =>
    readings.run(readingId, path, (signal) => {
      if (resource === serversImport) return added.read(path, signal)
      return serverId === undefined ? many.read(resource, path, signal) : imports.read(serverId, resource, path, signal)
    })
  const serviceOf = (importId: string) => (many.has(importId) ? many : added.has(importId) ? added : imports)
  handle('imports:choose', async (target) => {
    const path = await dialogs.openFile({ title: 'Import a file', filters })
    return path === undefined ? null : read({ ...target, path })
  })
  handlePreloadOnly<z.infer<typeof droppedSchema>, ImportFile>(importDroppedChannel, droppedSchema, read)
  handle('imports:paste', ({ serverId, resource, readingId }) =>
    readings.run(readingId, copiedName, async (signal) => {
      const text = await copied()
      if (resource === serversImport) return added.paste(text, signal)
      return serverId === undefined
        ? many.paste(resource, text, signal)
        : imports.paste(serverId, resource, text, signal)
    }),
  )
  handle('imports:mapMany', (args) => many.map(args))
  handle('imports:map', (args) => (added.has(args.importId) ? added : imports).map(args))
  handle('imports:columns', (args) => serviceOf(args.importId).columns(args))
  handle('imports:setFirstRow', (args) => serviceOf(args.importId).setFirstRow(args))
  handle('imports:setSeparator', (args) => serviceOf(args.importId).setSeparator(args))
  handle('imports:change', (args) => serviceOf(args.importId).change(args))
  handle('imports:get', (args) => imports.get(args))
  handle('imports:rows', (args) => serviceOf(args.importId).rows(args))
  handle('imports:apply', (args) => imports.apply(args))
  handle('imports:addServers', (args) => added.apply(args))
  handle('imports:saveResult', async ({ importId, which }) => {
    const service = serviceOf(importId)
    const defaultPath = service.nameFor({ importId, which })
    const path = await dialogs.saveFile({ title: 'Save the rows', defaultPath, filters: csv })
    if (path === undefined) return { saved: false, name: '' }
    await service.save({ importId, which, path })
    return { saved: true, name: basename(path) }
  })
  handle('imports:close', (args) => {
    many.close(args)
    added.close(args)
    imports.close(args)
    return null
  })
}
