import { onScopeDispose } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, useRoute } from 'vue-router'

interface EntryState {
  /** The path of the entry, as the router keeps it. */
  readonly current?: string
  readonly page?: unknown
}

/**
 * Keeps what a person set on a page, such as its filter, order and place, in its entry of the history: Back and a reload
 * show the page as it was left. `restore` is called during the setup, with what `read` returned.
 */
export function usePageState<T extends object>(read: () => T, restore: (state: T) => void): void {
  const { path } = useRoute()
  const entry = (): EntryState => (window.history.state ?? {}) as EntryState
  const save = (): void => {
    // After Back, the entry is that of the next page.
    if (entry().current === path) window.history.replaceState({ ...entry(), page: read() }, '')
  }
  const { current, page } = entry()
  if (current === path && page !== undefined) restore(page as T)
  onBeforeRouteLeave(save)
  // The same page of another server.
  onBeforeRouteUpdate(save)
  window.addEventListener('pagehide', save)
  onScopeDispose(() => window.removeEventListener('pagehide', save))
}
