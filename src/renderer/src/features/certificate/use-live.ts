import { onScopeDispose, ref, watch } from 'vue'
import type { LiveCertificate } from '@shared/domain/certificate'
import type { ServerId } from '@shared/domain/server'
import { invoke } from '@/ipc/client'

/** How often the web server is looked at while it is waited for, in milliseconds. */
const every = 10_000

/** Looks at what the web server shows: when it is asked to, and by itself while `waiting`. */
export function useLive(serverId: ServerId, waiting: () => boolean, found: (live: LiveCertificate) => void) {
  const looking = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  let ended = false

  async function look(): Promise<void> {
    if (looking.value) return
    looking.value = true
    const reply = await invoke('certificate:live', { serverId })
    looking.value = false
    if (reply.ok && !ended) found(reply.value)
  }

  watch(
    waiting,
    (waits) => {
      clearInterval(timer)
      if (waits) timer = setInterval(() => void look(), every)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    ended = true
    clearInterval(timer)
  })
  return { looking, look }
}
