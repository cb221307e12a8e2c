import { onScopeDispose, shallowRef } from 'vue'
import type { CertificateCandidate } from '@shared/domain/certificate'
import type { ServerId } from '@shared/domain/server'
import type { Result } from '@shared/ipc/result'
import { useRequest } from '@/composables/request'
import { invoke, readPem } from '@/ipc/client'

/** The files that were selected on the page of a server. */
export interface FilesOfServer {
  readonly serverId: ServerId
  readonly id: string
}

/** The PEM files of a certificate for several servers. Main has them with the key, and discards them afterwards. */
export function useCertificateFiles(from: FilesOfServer | undefined) {
  const candidate = shallowRef<CertificateCandidate>()
  const { busy, error, request } = useRequest()

  async function read(sent: () => Promise<Result<CertificateCandidate | null>>): Promise<void> {
    if (busy.value) return
    const found = await request(sent())
    if (found) candidate.value = found
  }

  const choose = () => read(() => invoke('rollouts:chooseFiles', candidate.value ? { id: candidate.value.id } : {}))
  const drop = (files: readonly File[]) =>
    files.length === 0 ? Promise.resolve() : read(() => readPem(undefined, candidate.value?.id, files))
  async function remove(name: string): Promise<void> {
    const { id } = candidate.value ?? {}
    if (id === undefined || busy.value) return
    const left = await request(invoke('rollouts:removeFile', { id, name }))
    if (left !== undefined) candidate.value = left ?? undefined
  }

  const discard = () => void invoke('rollouts:forgetFiles', {})

  function clear(): void {
    candidate.value = undefined
    error.value = undefined
    discard()
  }

  if (from !== undefined) void read(() => invoke('rollouts:takeFiles', { ...from }))
  onScopeDispose(discard)
  return { candidate, busy, error, choose, drop, remove, clear }
}
