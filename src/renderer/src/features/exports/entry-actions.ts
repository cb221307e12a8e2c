import { countText } from '@shared/format/count-text'
import { useRouter } from 'vue-router'
import type { ExportEntry } from '@shared/domain/export'
import { visibleText } from '@shared/domain/visible-text'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { badgeText } from './export-text'

/** The actions for exports of the library; `accept` gets each newly verified entry. */
export function useEntryActions(accept: (entry: ExportEntry) => void) {
  const router = useRouter()
  const notify = useNotify()

  async function verifyOne(entry: ExportEntry): Promise<ExportEntry | undefined> {
    const reply = await invoke('exports:verify', { id: entry.id })
    if (!reply.ok) return void notify.error(reply.error, `${visibleText(entry.file)} was not verified`)
    accept(reply.value)
    return reply.value
  }

  async function verify(entries: readonly ExportEntry[]): Promise<void> {
    const verified: ExportEntry[] = []
    for (const entry of entries) {
      const current = await verifyOne(entry)
      if (current !== undefined) verified.push(current)
    }
    const failed = verified.filter((entry) => entry.integrity !== 'intact' || entry.manifest?.incomplete !== undefined)
    const [only] = verified
    if (failed.length > 0)
      notify.warning(
        failed.length === 1
          ? '1 export was modified, or is missing or incomplete'
          : `${countText(failed.length, 'export')} were modified, or are missing or incomplete`,
        failed.map((entry) => `${visibleText(entry.file)}: ${badgeText(entry).label.toLowerCase()}`).join('\n'),
      )
    else if (verified.length === 1 && only !== undefined) notify.success(`${visibleText(only.file)} is intact`)
    else if (verified.length > 1) notify.success(`${countText(verified.length, 'export')} verified`)
  }

  async function showInFolder(entry: ExportEntry): Promise<void> {
    const reply = await invoke('exports:showInFolder', { id: entry.id })
    if (!reply.ok) notify.error(reply.error, 'The folder could not be opened')
  }

  async function saveCopy(entry: ExportEntry): Promise<void> {
    const reply = await invoke('exports:saveCopy', { id: entry.id })
    if (!reply.ok) notify.error(reply.error, 'The copy was not saved')
    else if (reply.value.saved) notify.success(`Saved as ${visibleText(reply.value.name)}`)
  }

  return {
    open: (entry: ExportEntry) => void router.push({ name: 'export-view', params: { entryId: entry.id } }),
    verify,
    showInFolder,
    saveCopy,
  }
}
