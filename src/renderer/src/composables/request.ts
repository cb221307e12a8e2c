import { shallowRef } from 'vue'
import type { AppError, Result } from '@shared/ipc/result'

/** Requests of a page, one at a time, with the error of the last one. */
export function useRequest() {
  const busy = shallowRef(false)
  const error = shallowRef<AppError>()

  /** The value; undefined after an error. */
  async function request<T>(sent: Promise<Result<T>>): Promise<T | undefined> {
    busy.value = true
    error.value = undefined
    const reply = await sent
    busy.value = false
    if (reply.ok) return reply.value
    error.value = reply.error
    return undefined
  }

  return { busy, error, request }
}
