import { countText } from '@shared/format/count-text'
import type { ServerId } from '@shared/domain/server'
import { useNotify } from '@/stores/notify'
import { useWorkspace } from '@/stores/workspace'

/** Imports and exports the workspace, with notifications. */
export function useWorkspaceFiles() {
  const workspace = useWorkspace()
  const notify = useNotify()

  async function importFile(): Promise<void> {
    const reply = await workspace.importFile()
    if (!reply.ok) return notify.error(reply.error, 'The workspace was not imported')
    const { imported, added, skipped } = reply.value
    if (!imported) return
    const skippedText =
      skipped.length === 0 ? undefined : `Already in the workspace, not changed: ${skipped.join(', ')}`
    notify.success(`${countText(added, 'server')} added`, skippedText)
  }

  /** Exports these servers, by default all. */
  async function exportFile(serverIds?: readonly ServerId[]): Promise<void> {
    const reply = await workspace.exportFile(serverIds)
    if (!reply.ok) return notify.error(reply.error, 'The workspace was not exported')
    if (reply.value.saved)
      notify.success(`Workspace exported to ${reply.value.name}`, 'It contains no passwords and no tokens.')
  }

  return { importFile, exportFile }
}
