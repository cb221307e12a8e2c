import { computed, onScopeDispose, ref } from 'vue'
import type { RevealedToken } from '@shared/domain/server-token'
import type { Result } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'

/** Shows a token for some seconds. It leaves the window when the time is up, when it is hidden, and with the page. */
export function useReveal(request: () => Promise<Result<RevealedToken>>) {
  const token = ref('')
  const until = ref(0)
  const now = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const requests = useLatestRequest()

  function hide(): void {
    requests.cancel()
    clearInterval(timer)
    token.value = ''
  }

  async function reveal(): Promise<Result<RevealedToken> | undefined> {
    const isLatest = requests.start()
    const reply = await request()
    if (!isLatest()) return undefined
    if (!reply.ok) return reply
    token.value = reply.value.token
    now.value = Date.now()
    until.value = now.value + reply.value.seconds * 1000
    clearInterval(timer)
    timer = setInterval(() => {
      now.value = Date.now()
      if (now.value >= until.value) hide()
    }, 250)
    return reply
  }

  onScopeDispose(hide)
  return { token, secondsLeft: computed(() => Math.max(0, Math.ceil((until.value - now.value) / 1000))), reveal, hide }
}
