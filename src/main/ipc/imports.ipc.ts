import { basename } from 'node:path'
import { z } from 'zod'
import type { ImportFile } from '@shared/domain/import'
import { listIdSchema } from '@shared/domain/record'
import { serverIdSchema } from '@shared/domain/server'
import { importDroppedChannel } from '@shared/ipc/channels'
import type { Dialogs } from '../services/dialogs'
import type { ImportsService } from '../services/imports/imports-service'
import { handle, handlePreloadOnly } from './handle'

export interface ImportsIpcDeps {
  readonly imports: ImportsService
  readonly dialogs: Dialogs
}

const csv = [
  { name: 'CSV', extensions: ['csv', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] },
]
const droppedSchema = z.object({
  serverId: serverIdSchema,
  resource: listIdSchema,
  path: z.string().min(1).max(32_767),
})

/** Answers `imports:*`, and CSV files that are dropped on the import. */
export function registerImportsIpc({ imports, dialogs }: ImportsIpcDeps): void {
  handle('imports:choose', async ({ serverId, resource }) => {
    const path = await dialogs.openFile({ title: 'Import a CSV file', filters: csv })
    return path === undefined ? null : imports.read(serverId, resource, path)
  })
  handlePreloadOnly<z.infer<typeof droppedSchema>, ImportFile>(
    importDroppedChannel,
    droppedSchema,
    ({ serverId, resource, path }) => imports.read(serverId, resource, path),
  )
  handle('imports:map', (args) => imports.map(args))
  handle('imports:get', (args) => imports.get(args))
  handle('imports:rows', (args) => imports.rows(args))
  handle('imports:apply', (args) => imports.apply(args))
  handle('imports:retry', (args) => imports.retry(args))
  handle('imports:saveResult', async ({ importId, which }) => {
    const defaultPath = imports.nameFor({ importId, which })
    const path = await dialogs.saveFile({ title: 'Save the rows', defaultPath, filters: csv })
    if (path === undefined) return { saved: false, name: '' }
    await imports.save({ importId, which, path })
    return { saved: true, name: basename(path) }
  })
  handle('imports:close', (args) => {
    imports.close(args)
    return null
  })
}
