import { ref } from 'vue'
import { useRouter } from 'vue-router'
import type { OpenedExport } from '@shared/domain/export'
import type { Result } from '@shared/ipc/result'
import { useFileReading } from '@/composables/file-reading'
import { invoke, openDropped } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { useOpenedFile } from './opened-export'

/** Opens a file outside the library. A file that cannot be read has a page with the error. */
export function useOpenFile() {
  const router = useRouter()
  const notify = useNotify()
  const store = useOpenedFile()
  const reading = useFileReading()
  const busy = ref(false)

  async function show(open: (readingId: string) => Promise<Result<OpenedExport | null>>, name?: string): Promise<void> {
    if (busy.value) return
    busy.value = true
    const reply = await reading.read(open)
    busy.value = false
    if (reply.ok && reply.value === null) return
    if (!reply.ok && reply.error.code === 'cancelled') return
    if (reply.ok && reply.value !== null) store.open({ kind: 'opened', opened: reply.value })
    else if (!reply.ok) store.open({ kind: 'failed', error: reply.error, ...(name !== undefined && { name }) })
    await router.push({ name: 'export-view', params: { entryId: 'opened' } })
  }

  async function drop(files: readonly File[]): Promise<void> {
    const [file, ...others] = files
    if (file === undefined) return
    if (others.length > 0)
      notify.info(`${file.name} opened`, 'Only one file can be opened at a time. The others were not opened.')
    await show((readingId) => openDropped(file, readingId), file.name)
  }

  return { busy, reading, choose: () => show((readingId) => invoke('exports:openFile', { readingId })), drop }
}
