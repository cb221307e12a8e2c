import { effect, onScopeDispose, shallowRef, stop, type ShallowRef } from 'vue'

/**
 * A value that is costly to compute from state that changes often: computed once at first, then not more often than every `everyMs`
 * after a change.
 */
export function useThrottled<T>(compute: () => T, everyMs: number): Readonly<ShallowRef<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const value = shallowRef<T>()
  const runner = effect(() => void (value.value = compute()), {
    scheduler: () => {
      timer ??= setTimeout(() => {
        timer = undefined
        runner()
      }, everyMs)
    },
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop(runner)
  })
  // The effect has run once.
  return value as ShallowRef<T>
}
