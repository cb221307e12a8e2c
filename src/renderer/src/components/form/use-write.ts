import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { ServerRecord } from '@shared/domain/server'
import { visibleText } from '@shared/domain/visible-text'
import type { Confirmation, Guard } from '@shared/domain/write'
import type { AppError, Result } from '@shared/ipc/result'
import { outcomeWords } from '@shared/journal/entry-words'
import { outcomeOfCode } from '@shared/journal/outcome-of-code'
import { announceLateWrite, provideSending } from '@/composables/late-writes'
import { useNotify } from '@/stores/notify'
import { missingConfirmation, nothingConfirmed } from './confirm'

/** What a notification calls a write, if its page was left: "Unassign Sipgate", and "Sipgate unassigned" after success. */
export interface WriteWords {
  readonly action: string
  readonly done: string
}

interface WriteOptions<T> {
  readonly server: () => Pick<ServerRecord, 'name' | 'protection'>
  /** Absent if the write is a job, which reports its result itself. */
  readonly words?: (() => WriteWords) | undefined
  readonly guards?: () => readonly Guard[]
  readonly request: (confirmation: Confirmation) => Promise<Result<T>>
  readonly onDone: (value: T) => unknown
  /** Called in addition to showing the error. */
  readonly onError?: (error: AppError) => unknown
  /** What a successful write must still report. */
  readonly warning?: (value: T) => string | undefined
  /** Called in place of `onDone` and `onError` if the page was left while the write was being sent. */
  readonly onLeft?: (reply: Result<T>) => unknown
}

/**
 * One confirmed write of a page or dialog: its confirmation, the request while it runs, and its error. Dialogs stay open meanwhile;
 * if the page is left, the result is a notification.
 */
export function useWrite<T>(options: WriteOptions<T>) {
  const { server, guards, request, onDone, onError } = options
  const notifyLate = useLateResult(options)
  const confirmation = shallowRef(nothingConfirmed)
  const sending = ref(false)
  const error = shallowRef<AppError>()
  /** Why it cannot be sent; empty if it can. */
  const missing = computed(() => missingConfirmation(server(), guards?.() ?? [], confirmation.value))
  const canSend = computed(() => !sending.value && missing.value === '')
  let isLeft = false
  provideSending(sending)
  onScopeDispose(() => (isLeft = true))

  async function send(): Promise<void> {
    if (sending.value) return
    sending.value = true
    error.value = undefined
    const words = options.words?.()
    const reply = await request(confirmation.value)
    sending.value = false
    if (isLeft) return notifyLate(words, reply)
    if (!reply.ok) error.value = reply.error
    await (reply.ok ? onDone(reply.value) : onError?.(reply.error))
  }

  /** The server's message about a field of the request. */
  const fieldError = (path: string) =>
    computed(() => error.value?.fields?.find((field) => field.path === path)?.message ?? '')
  return { confirmation, sending, error, missing, canSend, send, fieldError }
}

/** Reports the result of a write whose page was left: success and what was not sent for a moment, anything else with its journal entry until dismissed. */
function useLateResult<T>({ server, warning, onLeft }: WriteOptions<T>) {
  const notify = useNotify()
  const router = useRouter()

  function showError({ action }: WriteWords, error: AppError, on: string): void {
    const { entry, code, message } = error
    const outcome = outcomeOfCode(code)
    const title = `${action} on ${on}: ${outcomeWords[outcome].label}`
    if (outcome === 'notSent' && code !== 'cancelled') return notify.info(title, message)
    const show = () => void router.push({ name: 'journal', query: { open: String(entry) } })
    notify.error(error, title, entry === undefined ? undefined : { label: 'Show in journal', run: show })
  }

  return (words: WriteWords | undefined, reply: Result<T>): void => {
    const on = visibleText(server().name)
    const problem = reply.ok ? warning?.(reply.value) : undefined
    onLeft?.(reply)
    announceLateWrite()
    if (words === undefined) return
    if (!reply.ok) showError(words, reply.error, on)
    else if (problem === undefined) notify.success(words.done, on)
    else notify.warning(words.done, problem)
  }
}
