import { onScopeDispose, ref, type Ref } from 'vue'

/** The present, in milliseconds, renewed every second while something shows it. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
