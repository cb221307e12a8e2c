import { onScopeDispose, ref, type Ref } from 'vue'

/** The current time in milliseconds, updated every second while it is shown. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
