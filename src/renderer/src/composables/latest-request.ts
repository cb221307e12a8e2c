import { onScopeDispose } from 'vue'

/**
 * Lets only the latest of several requests take effect. `start` returns a check to call after the reply: false if a newer request was
 * started, `cancel` was called or the scope ended meanwhile.
 */
export function useLatestRequest() {
  let latestId = 0
  const cancel = (): void => void (latestId += 1)
  function start(): () => boolean {
    const id = ++latestId
    return () => id === latestId
  }
  onScopeDispose(cancel, true)
  return { start, cancel }
}
