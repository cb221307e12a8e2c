import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { EventName } from '@shared/ipc/events'
import type { AppError, Result } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'
import { useSlow } from '@/composables/slow'
import { invoke, on } from '@/ipc/client'

/** Shorter texts would match almost everything. */
const lengthMin = 2
const typingPause = 80
/** Results of the text before stay this long without a notice that others are searched for. */
const quietMs = 300

/** What main finds for a text while it is typed, and again after the event `changed`. */
function useTypedSearch<T>(typed: () => string, request: (text: string) => Promise<Result<T>>, changed: EventName) {
  const result = shallowRef<T>()
  const error = shallowRef<AppError>()
  /** The text that `result` is for. */
  const found = shallowRef('')
  const requests = useLatestRequest()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRunning = false
  /** Something changed while main searched. */
  let isOutdated = false
  const text = computed(() => typed().trim())
  const isLongEnough = computed(() => text.value.length >= lengthMin)
  /** Whether `result` is for what is typed. */
  const isCurrent = computed(() => result.value !== undefined && found.value === text.value)
  const isSlow = useSlow(
    computed(() => isLongEnough.value && !isCurrent.value && error.value === undefined),
    quietMs,
  )

  function schedule(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void find()
    }, typingPause)
  }

  async function find(): Promise<void> {
    const isLatest = requests.start()
    const searched = text.value
    isOutdated = false
    isRunning = isLongEnough.value
    if (!isLongEnough.value) return void (result.value = undefined)
    const reply = await request(searched)
    if (!isLatest()) return
    isRunning = false
    error.value = reply.ok ? undefined : reply.error
    if (reply.ok) {
      result.value = reply.value
      found.value = searched
    }
    if (isOutdated) schedule()
  }

  watch(
    text,
    () => {
      clearTimeout(timer)
      timer = undefined
      schedule()
    },
    { immediate: true },
  )
  onScopeDispose(
    on(changed, () => {
      // Changes may come faster than they are searched: a search that runs is not started again.
      if (isRunning) isOutdated = true
      else if (isLongEnough.value) void find()
    }),
  )
  onScopeDispose(() => clearTimeout(timer))
  return { result, error, found, isLongEnough, isCurrent, isSlow, find }
}

/** What the rows of all servers have for a text; it grows while servers are read. */
export const useSearch = (typed: () => string, limit: number) =>
  useTypedSearch(typed, (text) => invoke('search:find', { text, limit }), 'search:changed')

/** The changes in the journal for a text. */
export const useEntrySearch = (typed: () => string, limit: number) =>
  useTypedSearch(typed, (text) => invoke('journal:find', { text, limit }), 'journal:changed')

/** The exports of the library for a text. */
export const useExportSearch = (typed: () => string, limit: number) =>
  useTypedSearch(typed, (text) => invoke('exports:find', { text, limit }), 'library:changed')
