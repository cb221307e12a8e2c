import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'

/** Whether something has been going on for longer than so many milliseconds. */
export function useSlow(isGoingOn: Ref<boolean>, ms: number): Readonly<Ref<boolean>> {
  const isSlow = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(isGoingOn, (goesOn) => {
    clearTimeout(timer)
    isSlow.value = false
    if (goesOn) timer = setTimeout(() => (isSlow.value = true), ms)
  })
  onScopeDispose(() => clearTimeout(timer))
  return isSlow
}
