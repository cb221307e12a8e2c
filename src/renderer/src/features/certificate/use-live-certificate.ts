import { onScopeDispose, ref, watch } from 'vue'
import type { LiveCertificate } from '@shared/domain/certificate'
import type { ServerId } from '@shared/domain/server'
import { invoke } from '@/ipc/client'

/** Interval of checks while waiting for the restart of the web server, in milliseconds. */
const checkEveryMs = 10_000

/** Checks the certificate that the web server presents, on request and regularly while `waiting`. */
export function useLiveCertificate(
  serverId: ServerId,
  waiting: () => boolean,
  onChecked: (live: LiveCertificate) => void,
) {
  const checking = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  let ended = false

  async function check(): Promise<void> {
    if (checking.value) return
    checking.value = true
    const reply = await invoke('certificate:live', { serverId })
    checking.value = false
    if (reply.ok && !ended) onChecked(reply.value)
  }

  watch(
    waiting,
    (waits) => {
      clearInterval(timer)
      if (waits) timer = setInterval(() => void check(), checkEveryMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    ended = true
    clearInterval(timer)
  })
  return { checking, check }
}
