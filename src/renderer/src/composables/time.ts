import { onScopeDispose, ref, type Ref } from 'vue'

/** The current time in milliseconds, updated every second, or every `everyMs`, while it is shown. */
export function useNow(everyMs = 1000): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}
