import { onScopeDispose, shallowRef } from 'vue'
import type { Result } from '@shared/ipc/result'
import { invoke, on } from '@/ipc/client'

/** Shorter readings show nothing, because it would flicker. */
const shownAfterMs = 1000

/** One file that main reads for a page. `slow` has its name if that takes longer than a second; leaving the page cancels. */
export function useFileReading() {
  const slow = shallowRef<{ readonly file: string }>()
  let current: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    clearTimeout(timer)
    current = undefined
    slow.value = undefined
  }

  function cancel(): void {
    if (current !== undefined) void invoke('files:cancel', { readingId: current })
    forget()
  }

  async function read<T>(start: (readingId: string) => Promise<Result<T>>): Promise<Result<T>> {
    cancel()
    const readingId = crypto.randomUUID()
    current = readingId
    const result = await start(readingId)
    if (current === readingId) forget()
    return result
  }

  onScopeDispose(
    on('files:reading', ({ readingId, file }) => {
      if (readingId === current) timer = setTimeout(() => (slow.value = { file }), shownAfterMs)
    }),
  )
  onScopeDispose(cancel)

  return { slow, read, cancel }
}
