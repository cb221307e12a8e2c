import { onScopeDispose, shallowRef } from 'vue'
import type { RecordCheck } from '@shared/domain/record'
import type { AppError, Result } from '@shared/ipc/result'

const pause = 300

/** The check of a draft, for the slot under a field. */
export interface CheckState {
  readonly check: RecordCheck | undefined
  readonly checking: boolean
  readonly error: AppError | undefined
}

/** What main says would come of a draft. A late answer is dropped. */
export function useRecordCheck(ask: () => Promise<Result<RecordCheck>>) {
  const check = shallowRef<RecordCheck>()
  const error = shallowRef<AppError>()
  const checking = shallowRef(false)
  let latest = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function clear(): void {
    latest += 1
    clearTimeout(timer)
    check.value = undefined
    error.value = undefined
    checking.value = false
  }

  /** Asks at once; undefined where something newer was asked meanwhile. */
  async function run(): Promise<Result<RecordCheck> | undefined> {
    clearTimeout(timer)
    const mine = ++latest
    checking.value = true
    const reply = await ask()
    if (mine !== latest) return undefined
    checking.value = false
    check.value = reply.ok ? reply.value : undefined
    error.value = reply.ok ? undefined : reply.error
    return reply
  }

  /** Asks once typing rests. */
  function later(): void {
    clear()
    checking.value = true
    timer = setTimeout(() => void run(), pause)
  }

  onScopeDispose(clear)
  return { check, error, checking, run, later, clear }
}
