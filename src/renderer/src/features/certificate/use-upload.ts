import { onScopeDispose, ref, shallowRef } from 'vue'
import type { CertificateCandidate, CertificateState } from '@shared/domain/certificate'
import type { ServerId } from '@shared/domain/server'
import type { AppError, Result } from '@shared/ipc/result'
import { nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'
import { invoke, readPem } from '@/ipc/client'

/** Files for an upload, which main holds: chosen, dropped, looked at and sent. Main forgets them when the page is left. */
export function useUpload(serverId: ServerId, held: () => CertificateState, sent: (after: CertificateState) => void) {
  const candidate = shallowRef<CertificateCandidate>()
  const error = shallowRef<AppError>()
  const busy = ref(false)
  const reviewing = ref(false)
  const confirmation = shallowRef(nothingConfirmed)

  async function take(asked: () => Promise<Result<CertificateCandidate | null>>): Promise<void> {
    if (busy.value) return
    busy.value = true
    error.value = undefined
    const reply = await asked()
    busy.value = false
    if (!reply.ok) error.value = reply.error
    else if (reply.value !== null) candidate.value = reply.value
  }

  const id = () => candidate.value?.id
  const choose = () =>
    take(() => invoke('certificate:choose', { serverId, ...(candidate.value && { id: candidate.value.id }) }))
  const drop = (files: readonly File[]) =>
    files.length === 0 ? Promise.resolve() : take(() => readPem(serverId, id(), files))

  function forget(): void {
    candidate.value = undefined
    error.value = undefined
    reviewing.value = false
    void invoke('certificate:forget', { serverId })
  }

  function review(): void {
    error.value = undefined
    confirmation.value = toConfirmAgain(confirmation.value)
    reviewing.value = true
  }

  async function send(): Promise<void> {
    const chosen = candidate.value
    if (chosen === undefined || busy.value) return
    busy.value = true
    error.value = undefined
    const before = held().chain[0]?.fingerprint256 ?? ''
    const reply = await invoke('certificate:upload', {
      serverId,
      id: chosen.id,
      before,
      confirmation: confirmation.value,
    })
    busy.value = false
    if (!reply.ok) return void (error.value = reply.error)
    candidate.value = undefined
    reviewing.value = false
    sent(reply.value)
  }

  onScopeDispose(() => candidate.value && forget())
  return { candidate, error, busy, reviewing, confirmation, choose, drop, forget, review, send }
}
