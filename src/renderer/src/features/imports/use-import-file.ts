import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ImportFile } from '@shared/domain/import'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import type { Result } from '@shared/ipc/result'
import { useFileReading } from '@/composables/file-reading'
import { useRequest } from '@/composables/request'
import { importDropped, invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'

/** Without a server, several. */
interface Target {
  readonly serverId?: ServerId
  readonly resource: ListId
}

export type ImportFileRun = ReturnType<typeof useImportFile>

/**
 * The file of an import: selected, dropped or pasted, with its columns. Its rows stay in main, which discards them when
 * the panel closes.
 */
export function useImportFile(target: () => Target, onOpened: () => void) {
  const notify = useNotify()
  const file = shallowRef<ImportFile>()
  const mapping = shallowRef<readonly (string | null)[]>([])
  const requests = useRequest()
  const { busy, error } = requests
  const reading = useFileReading()

  const missing = computed(() =>
    (file.value?.fields ?? []).filter(({ key, required }) => required === true && !mapping.value.includes(key)),
  )
  const canPlan = computed(() => missing.value.length === 0 && mapping.value.some((key) => key !== null))
  const id = (): { importId: string } => ({ importId: file.value?.importId ?? '' })

  async function request<T>(sent: Promise<Result<T>>): Promise<T | undefined> {
    const value = await requests.request(sent)
    if (error.value?.code === 'cancelled') error.value = undefined
    return value
  }

  function forget(): void {
    if (file.value !== undefined) void invoke('imports:close', id())
    file.value = undefined
  }

  async function openFile(open: (readingId: string) => Promise<Result<ImportFile | null>>): Promise<void> {
    if (busy.value) return
    const opened = await request(reading.read(open))
    if (opened === null || opened === undefined) return
    forget()
    file.value = opened
    mapping.value = opened.mapping
    onOpened()
  }

  async function save(which: 'wrong' | 'result'): Promise<void> {
    const saved = await request(invoke('imports:saveResult', { ...id(), which }))
    if (saved?.saved === true) notify.success(`Saved as ${saved.name}`)
  }

  onScopeDispose(forget)

  return {
    file,
    mapping,
    busy,
    error,
    reading,
    missing,
    canPlan,
    id,
    request,
    save,
    choose: () => openFile((readingId) => invoke('imports:choose', { ...target(), readingId })),
    paste: () => openFile((readingId) => invoke('imports:paste', { ...target(), readingId })),
    drop: (dropped: File) => openFile((readingId) => importDropped(dropped, { ...target(), readingId })),
  }
}
