import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Whether something has been running for longer than `ms` milliseconds. */
export function useSlow(isRunning: Ref<boolean>, ms: number): Readonly<Ref<boolean>> {
  const isSlow = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(isRunning, (running) => {
    clearTimeout(timer)
    isSlow.value = false
    if (running) timer = setTimeout(() => (isSlow.value = true), ms)
  })
  onScopeDispose(() => clearTimeout(timer))
  return isSlow
}
