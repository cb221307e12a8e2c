import { onScopeDispose } from 'vue'

/** Asks before the window closes while this is unsaved. The window closes after the response. */
export function useCloseQuestion(isUnsaved: () => boolean, ask: () => Promise<boolean>): void {
  let isDiscarded = false
  const onUnload = (event: BeforeUnloadEvent): void => {
    if (isDiscarded || !isUnsaved()) return
    event.preventDefault()
    void ask().then((discard) => {
      if (!discard) return
      isDiscarded = true
      window.close()
    })
  }
  window.addEventListener('beforeunload', onUnload)
  onScopeDispose(() => window.removeEventListener('beforeunload', onUnload))
}
