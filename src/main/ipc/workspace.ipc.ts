import { basename, extname } from 'node:path'
import type { ServerId } from '@shared/domain/server'
import type { SavedFile, WorkspaceImport } from '@shared/ipc/values'
import type { Dialogs } from '../services/dialogs'
import { activeUrl } from '../services/session/active-url'
import type { WorkspaceService } from '../services/workspace/workspace-service'
import { handle } from './handle-shell'

export interface WorkspaceIpcDeps {
  readonly workspace: WorkspaceService
  readonly dialogs: Dialogs
  /** Opens the web portal at an address in the default browser. */
  readonly openPortal: (address: string) => Promise<void>
}

const filters = [{ name: 'PBX Fleet workspace', extensions: ['json'] }]

async function exportWorkspace(
  { workspace, dialogs }: WorkspaceIpcDeps,
  serverIds: readonly ServerId[] | undefined,
): Promise<SavedFile> {
  const path = await dialogs.saveFile({ title: 'Export workspace', defaultPath: 'PBX Fleet workspace.json', filters })
  if (path === undefined) return { saved: false, name: '' }
  // Some desktops' dialogs do not add the extension.
  const file = extname(path) === '' ? `${path}.json` : path
  await workspace.exportTo(file, serverIds)
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
  handle('workspace:export', ({ serverIds }) => exportWorkspace(deps, serverIds))
  handle('workspace:openPortal', async ({ serverId }) => {
    await deps.openPortal(activeUrl(workspace.get(serverId)))
    return null
  })
  handle('workspace:import', () => importWorkspace(deps))
  handle('workspace:restore', () => workspace.restore())
}
