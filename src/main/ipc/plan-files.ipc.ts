import { basename } from 'node:path'
import type { SavedFile } from '@shared/ipc/values'
import type { Dialogs } from '../services/dialogs'
import type { PlanFiles } from '../services/plan-files/plan-files'
import { handle } from './handle'

interface PlanFilesIpcDeps {
  readonly planFiles: PlanFiles
  readonly dialogs: Pick<Dialogs, 'saveFile' | 'openFile'>
}

const filters = [{ name: 'Plan', extensions: ['json'] }]

/** Handles plans as files for colleagues. */
export function registerPlanFilesIpc({ planFiles, dialogs }: PlanFilesIpcDeps): void {
  const save = async (of: Parameters<PlanFiles['fileOf']>[0]): Promise<SavedFile> => {
    const { name, text } = await planFiles.fileOf(of)
    const path = await dialogs.saveFile({ title: 'Save plan as file', defaultPath: name, filters })
    if (path === undefined) return { saved: false, name: '' }
    await planFiles.save(path, text)
    return { saved: true, name: basename(path) }
  }
  handle('plans:saveFile', save)
  handle('rollouts:saveFile', save)
  handle('plans:openFile', async () => {
    const path = await dialogs.openFile({ title: 'Open plan file', filters })
    return path === undefined ? null : planFiles.read(path)
  })
}
