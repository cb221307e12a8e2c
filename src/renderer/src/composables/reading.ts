import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { AppError, Result } from '@shared/ipc/result'
import { on } from '@/ipc/client'

/** What a page reads when it is opened, and again when it is asked to; a reply that comes late is dropped. */
export function useReading<T>(ask: () => Promise<Result<T>>) {
  const value = shallowRef<T>()
  const error = shallowRef<AppError>()
  const busy = ref(false)
  let latest = 0

  async function load(): Promise<void> {
    const mine = ++latest
    busy.value = true
    const reply = await ask()
    if (mine !== latest) return
    busy.value = false
    error.value = reply.ok ? undefined : reply.error
    if (reply.ok) value.value = reply.value
  }

  void load()
  onScopeDispose(on('menu:command', (command) => command === 'reload-page' && void load()))
  onScopeDispose(() => (latest += 1))
  const state = computed(() => (value.value !== undefined ? 'ready' : error.value !== undefined ? 'error' : 'loading'))
  return { value, error, busy, state, load }
}
