import { onScopeDispose, shallowRef } from 'vue'
import type { RecordCheck } from '@shared/domain/record'
import type { AppError, Result } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'

const typingPause = 300

/** The check of a draft, for the slot under a field. */
export interface CheckState {
  readonly check: RecordCheck | undefined
  readonly checking: boolean
  readonly error: AppError | undefined
}

/** Checks a draft in main: failed safety checks, warnings, overlaps. Late replies are dropped. */
export function useRecordCheck(request: () => Promise<Result<RecordCheck>>) {
  const check = shallowRef<RecordCheck>()
  const error = shallowRef<AppError>()
  const checking = shallowRef(false)
  const requests = useLatestRequest()
  let timer: ReturnType<typeof setTimeout> | undefined

  function clear(): void {
    requests.cancel()
    clearTimeout(timer)
    check.value = undefined
    error.value = undefined
    checking.value = false
  }

  /** Checks immediately; undefined if a newer check was started meanwhile. */
  async function run(): Promise<Result<RecordCheck> | undefined> {
    clearTimeout(timer)
    const isLatest = requests.start()
    checking.value = true
    const reply = await request()
    if (!isLatest()) return undefined
    checking.value = false
    check.value = reply.ok ? reply.value : undefined
    error.value = reply.ok ? undefined : reply.error
    return reply
  }

  /** Checks after a pause in typing. */
  function later(): void {
    clear()
    checking.value = true
    timer = setTimeout(() => void run(), typingPause)
  }

  onScopeDispose(clear)
  return { check, error, checking, run, later, clear }
}
