import { defineAsyncComponent, type Component } from 'vue'
import { afterFirstPaint } from './first-paint'

/**
 * A component in a script that is loaded as soon as the window is idle, for what a person types into immediately: keys that
 * are pressed while it is still being loaded would go to what had the focus before.
 */
export function loadedAhead(load: () => Promise<{ readonly default: Component }>) {
  let loading: ReturnType<typeof load> | undefined
  // One promise: another import of a loaded script ends a little later.
  const once = (): ReturnType<typeof load> =>
    (loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    }))
  void afterFirstPaint().then(() => requestIdleCallback(() => void once().catch(() => undefined)))
  return defineAsyncComponent(once)
}
