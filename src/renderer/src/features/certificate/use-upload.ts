import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { CertificateCandidate, CertificateState } from '@shared/domain/certificate'
import type { ServerRecord } from '@shared/domain/server'
import type { Result } from '@shared/ipc/result'
import { nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'
import { useWrite } from '@/components/form/use-write'
import { invoke, readPem } from '@/ipc/client'

/** The files of a new certificate: selected or dropped, reviewed and uploaded. Main has them, and discards them when the page is left. */
export function useUpload(
  server: () => ServerRecord,
  installed: () => CertificateState,
  onDone: (after: CertificateState) => void,
) {
  const { id: serverId } = server()
  const candidate = shallowRef<CertificateCandidate>()
  const reading = ref(false)
  const reviewing = ref(false)
  const { confirmation, sending, error, missing, send } = useWrite({
    server,
    words: () => ({ action: 'Upload the certificate', done: 'Certificate uploaded' }),
    guards: () => candidate.value?.guards ?? [],
    request: (confirmed) =>
      invoke('certificate:upload', {
        serverId,
        id: candidate.value?.id ?? '',
        before: installed().chain[0]?.fingerprint256 ?? '',
        confirmation: confirmed,
      }),
    onDone(after) {
      candidate.value = undefined
      confirmation.value = nothingConfirmed
      reviewing.value = false
      onDone(after)
    },
    onLeft: () => forget(),
  })
  const busy = computed(() => reading.value || sending.value)

  async function read(request: () => Promise<Result<CertificateCandidate | null>>): Promise<void> {
    if (busy.value) return
    reading.value = true
    error.value = undefined
    const reply = await request()
    reading.value = false
    if (!reply.ok) error.value = reply.error
    else if (reply.value !== null) candidate.value = reply.value
  }

  const id = () => candidate.value?.id
  const choose = () =>
    read(() => invoke('certificate:choose', { serverId, ...(candidate.value && { id: candidate.value.id }) }))
  const drop = (files: readonly File[]) =>
    files.length === 0 ? Promise.resolve() : read(() => readPem(serverId, id(), files))

  async function remove(name: string): Promise<void> {
    const { id: from } = candidate.value ?? {}
    if (from === undefined || busy.value) return
    reading.value = true
    error.value = undefined
    const reply = await invoke('certificate:removeFile', { serverId, id: from, name })
    reading.value = false
    if (reply.ok) candidate.value = reply.value ?? undefined
    else error.value = reply.error
  }

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

  onScopeDispose(() => candidate.value && !sending.value && forget())
  return {
    candidate,
    error,
    busy,
    sending,
    reviewing,
    confirmation,
    missing,
    choose,
    drop,
    remove,
    forget,
    review,
    send,
  }
}
