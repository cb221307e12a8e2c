import { computed, ref, shallowRef } from 'vue'
import type { AccountChange } from '@shared/domain/session'
import type { AppError, Result } from '@shared/ipc/result'
import { nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'

/** One change of the own account: sent once, with what came of it. */
export function useAccountChange(ask: () => Promise<Result<AccountChange>>, sent: (outcome: AccountChange) => void) {
  const sending = ref(false)
  const error = shallowRef<AppError>()
  const outcome = shallowRef<AccountChange>()
  const confirmation = shallowRef(nothingConfirmed)

  async function send(): Promise<void> {
    if (sending.value) return
    sending.value = true
    error.value = outcome.value = undefined
    const reply = await ask()
    sending.value = false
    confirmation.value = toConfirmAgain(confirmation.value)
    if (!reply.ok) return void (error.value = reply.error)
    confirmation.value = nothingConfirmed
    outcome.value = reply.value
    sent(reply.value)
  }

  const answered = (path: string) => computed(() => error.value?.fields?.find((field) => field.path === path)?.message)
  return { sending, error, outcome, confirmation, send, answered }
}
