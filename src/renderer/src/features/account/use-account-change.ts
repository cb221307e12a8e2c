import { shallowRef } from 'vue'
import type { ServerRecord } from '@shared/domain/server'
import type { AccountChange } from '@shared/domain/session'
import type { Confirmation } from '@shared/domain/write'
import type { Result } from '@shared/ipc/result'
import { nothingConfirmed, toConfirmAgain } from '@/components/form/confirm'
import { useWrite, type WriteWords } from '@/components/form/use-write'

/** One change of the signed-in account. Each attempt requires a new confirmation. */
export function useAccountChange(
  server: () => ServerRecord,
  words: () => WriteWords,
  request: (confirmation: Confirmation) => Promise<Result<AccountChange>>,
  onDone: (outcome: AccountChange) => void,
) {
  const outcome = shallowRef<AccountChange>()
  const write = useWrite<AccountChange>({
    server,
    words,
    warning: ({ problem }) => problem,
    request(confirmation) {
      outcome.value = undefined
      return request(confirmation)
    },
    onError(): void {
      write.confirmation.value = toConfirmAgain(write.confirmation.value)
    },
    onDone(change): void {
      write.confirmation.value = nothingConfirmed
      outcome.value = change
      onDone(change)
    },
  })
  return { ...write, outcome }
}
