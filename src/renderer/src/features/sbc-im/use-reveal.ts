import { computed, onScopeDispose, ref } from 'vue'
import type { RevealedToken } from '@shared/domain/server-token'
import type { Result } from '@shared/ipc/result'

/** A secret in sight for so many seconds; it is gone from the window afterwards, when it is hidden, and when the page is left. */
export function useReveal(ask: () => Promise<Result<RevealedToken>>) {
  const token = ref('')
  const until = ref(0)
  const now = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  let latest = 0

  function hide(): void {
    latest += 1
    clearInterval(timer)
    token.value = ''
  }

  async function reveal(): Promise<Result<RevealedToken> | undefined> {
    const mine = ++latest
    const reply = await ask()
    if (mine !== latest) return undefined
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
