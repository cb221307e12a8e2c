import { computed, ref, shallowRef } from 'vue'
import type { ServerRecord } from '@shared/domain/server'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { AppError, Result } from '@shared/ipc/result'
import { isConfirmed, nothingConfirmed } from './confirm'

interface WriteOptions<T> {
  readonly server: () => Pick<ServerRecord, 'name' | 'protection'>
  readonly guards?: () => readonly Guard[]
  readonly request: (confirmation: Confirmation) => Promise<Result<T>>
  readonly onDone: (value: T) => unknown
  /** Called in addition to showing the error. */
  readonly onError?: (error: AppError) => unknown
}

/** One confirmed write of a dialog: its confirmation, the request while it runs, and its error. */
export function useWrite<T>({ server, guards, request, onDone, onError }: WriteOptions<T>) {
  const confirmation = shallowRef(nothingConfirmed)
  const sending = ref(false)
  const error = shallowRef<AppError>()
  const canSend = computed(() => !sending.value && isConfirmed(server(), guards?.() ?? [], confirmation.value))

  async function send(): Promise<void> {
    if (sending.value) return
    sending.value = true
    error.value = undefined
    const reply = await request(confirmation.value)
    sending.value = false
    if (!reply.ok) error.value = reply.error
    await (reply.ok ? onDone(reply.value) : onError?.(reply.error))
  }

  /** The server's message about a field of the request. */
  const fieldError = (path: string) =>
    computed(() => error.value?.fields?.find((field) => field.path === path)?.message ?? '')
  return { confirmation, sending, error, canSend, send, fieldError }
}
