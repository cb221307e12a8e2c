import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { AppError, Result } from '@shared/ipc/result'
import { on } from '@/ipc/client'
import { onLateWrite } from './late-writes'
import { useLatestRequest } from './latest-request'

interface ReadingOptions {
  /** What "Reload page" of the menu does in place of `load`. */
  readonly reload?: () => void
  /** Called in place of `load` after the late result of a write. */
  readonly refresh?: () => void
}

/** Reads a value with the page and again on request; the last value stays if a later read fails. Late replies are dropped. */
export function useReading<T>(read: () => Promise<Result<T>>, { reload, refresh }: ReadingOptions = {}) {
  const value = shallowRef<T>()
  const error = shallowRef<AppError>()
  const busy = ref(false)
  const requests = useLatestRequest()

  async function load(): Promise<void> {
    const isLatest = requests.start()
    busy.value = true
    const reply = await read()
    if (!isLatest()) return
    busy.value = false
    error.value = reply.ok ? undefined : reply.error
    if (reply.ok) value.value = reply.value
  }

  void load()
  onLateWrite(() => void (refresh ?? reload ?? load)())
  onScopeDispose(on('menu:command', (command) => command === 'reload-page' && void (reload ?? load)()))
  const state = computed(() => (value.value !== undefined ? 'ready' : error.value !== undefined ? 'error' : 'loading'))
  return { value, error, busy, state, load }
}
