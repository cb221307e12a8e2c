import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { SearchResult } from '@shared/fleet/search'
import type { AppError } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'
import { invoke, on } from '@/ipc/client'

/** Shorter texts would match almost everything. */
const lengthMin = 2
const typingPause = 80

/** What the rows of all servers have for a text; it grows while servers are read. */
export function useSearch(typed: () => string, limit: number) {
  const result = shallowRef<SearchResult>()
  const error = shallowRef<AppError>()
  /** The text that `result` is for. */
  const found = shallowRef('')
  const requests = useLatestRequest()
  let timer: ReturnType<typeof setTimeout> | undefined
  const text = computed(() => typed().trim())
  const isLongEnough = computed(() => text.value.length >= lengthMin)

  async function find(): Promise<void> {
    const isLatest = requests.start()
    const searched = text.value
    if (!isLongEnough.value) return void (result.value = undefined)
    const reply = await invoke('search:find', { text: searched, limit })
    if (!isLatest()) return
    error.value = reply.ok ? undefined : reply.error
    if (!reply.ok) return
    result.value = reply.value
    found.value = searched
  }

  watch(
    text,
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void find(), typingPause)
    },
    { immediate: true },
  )
  onScopeDispose(on('search:changed', () => void (isLongEnough.value && find())))
  onScopeDispose(() => clearTimeout(timer))
  return { result, error, found, isLongEnough, find }
}
