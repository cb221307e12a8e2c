import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { Result } from '@shared/ipc/result'
import type { KeychainStatus } from '@shared/ipc/values'
import { invoke, on } from '@/ipc/client'

/** Whether the system keychain is available. Undefined until the reply of main. */
export const useKeychain = defineStore('keychain', () => {
  const status = shallowRef<KeychainStatus>()

  async function refresh(): Promise<void> {
    const reply = await invoke('keychain:status', {})
    if (reply.ok) status.value = reply.value
  }

  async function keepInMemory(): Promise<Result<KeychainStatus>> {
    const reply = await invoke('keychain:useMemory', {})
    if (reply.ok) status.value = reply.value
    return reply
  }

  on('keychain:changed', (next) => (status.value = next))

  return { status, refresh, keepInMemory }
})
