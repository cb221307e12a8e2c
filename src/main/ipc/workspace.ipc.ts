import { basename, extname } from 'node:path'
import type { SavedFile, WorkspaceImport } from '@shared/ipc/values'
import type { Dialogs } from '../services/dialogs'
import type { WorkspaceService } from '../services/workspace/workspace-service'
import { handle } from './handle'

export interface WorkspaceIpcDeps {
  readonly workspace: WorkspaceService
  readonly dialogs: Dialogs
}

const filters = [{ name: 'PBX Fleet workspace', extensions: ['json'] }]

async function exportWorkspace({ workspace, dialogs }: WorkspaceIpcDeps): Promise<SavedFile> {
  const path = await dialogs.saveFile({ title: 'Export workspace', defaultPath: 'PBX Fleet workspace.json', filters })
  if (path === undefined) return { saved: false, name: '' }
  // Some desktops' dialogs do not add the extension.
  const file = extname(path) === '' ? `${path}.json` : path
  await workspace.exportTo(file)
  return { saved: true, name: basename(file) }
}

async function importWorkspace({ workspace, dialogs }: WorkspaceIpcDeps): Promise<WorkspaceImport> {
  const file = await dialogs.openFile({ title: 'Import workspace', filters })
  return file === undefined ? { imported: false, added: 0, skipped: [] } : workspace.importFrom(file)
}

/** Handles `workspace:*`. */
export function registerWorkspaceIpc(deps: WorkspaceIpcDeps): void {
  const { workspace } = deps
  handle('workspace:get', () => workspace.view())
  handle('workspace:add', ({ draft }) => workspace.add(draft))
  handle('workspace:update', ({ serverId, draft }) => workspace.update(serverId, draft))
  handle('workspace:duplicate', ({ serverId }) => workspace.duplicate(serverId))
  handle('workspace:move', async ({ serverId, before, folder }) => {
    await workspace.move(serverId, before, folder)
    return null
  })
  handle('workspace:remove', async ({ serverIds }) => {
    await workspace.remove(serverIds)
    return null
  })
  handle('workspace:setPaused', async ({ serverIds, paused }) => {
    await workspace.setPaused(serverIds, paused)
    return null
  })
  handle('workspace:renameFolder', async ({ folder, name }) => {
    await workspace.renameFolder(folder, name)
    return null
  })
  handle('workspace:export', () => exportWorkspace(deps))
  handle('workspace:import', () => importWorkspace(deps))
  handle('workspace:restore', () => workspace.restore())
}
