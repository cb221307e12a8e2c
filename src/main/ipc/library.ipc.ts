import type { LibraryInfo } from '@shared/ipc/values'
import type { Dialogs } from '../services/dialogs'
import type { Library } from '../services/exports/library'
import type { SettingsService } from '../services/settings-service'
import { handle } from './handle'

export interface LibraryIpcDeps {
  readonly library: Library
  readonly settings: SettingsService
  readonly dialogs: Dialogs
  readonly onChange: () => void
}

/** Handles `library:*`, the folder of exports. The window gets its path, but never sends one. */
export function registerLibraryIpc({ library, settings, dialogs, onChange: changed }: LibraryIpcDeps): void {
  const info = async (): Promise<LibraryInfo> => {
    const problem = await library.problem()
    const isDefault = settings.get().libraryFolder === undefined
    return { folder: library.folder, isDefault, ...(problem !== undefined && { problem }) }
  }
  handle('library:get', info)
  handle('library:choose', async () => {
    const folder = await dialogs.openFolder({ title: 'Folder for exports', defaultPath: library.folder })
    if (folder !== undefined) {
      await settings.patch({ libraryFolder: folder })
      changed()
    }
    return info()
  })
}
