import { nextTick, onMounted, shallowRef } from 'vue'
import type { AppError, Result } from '@shared/ipc/result'
import { useLatestRequest } from '@/composables/latest-request'

/** The record that a link asks for. */
export interface LinkedRecord {
  readonly id: string
  /** The search that the list opens with. */
  readonly search: string
}

interface List {
  /** `rule`. */
  readonly singular: string
  /** Shows the list with this search and without filters. */
  readonly narrow: (search: string) => void | Promise<void>
  /** Selects the row in the list, in view; false if it is not among the first ones. */
  readonly show: (id: string) => Promise<Result<boolean>>
  /** What names the record now. */
  readonly nameOf: (id: string) => Promise<Result<string>>
}

/** A record that was found in earlier rows. */
export const goneError = (singular: string): AppError => ({
  code: 'not-found',
  message: `This ${singular} is no longer on the server`,
  hint: 'It was deleted after the search had read it. Search again to see what the server has now.',
})

const farDown = (singular: string): AppError => ({
  code: 'internal',
  message: `This ${singular} is further down the list`,
  hint: 'Many others have the same words. Search the list for more of its values.',
})

/** Shows the row of a record that was found elsewhere, as it is now. If it cannot be shown, the error says why. */
export function useLinkedRecord(list: List) {
  const error = shallowRef<AppError>()
  const requests = useLatestRequest()
  const mounted = new Promise<void>((resolve) => onMounted(resolve))

  async function find({ id, search }: LinkedRecord, isLatest: () => boolean): Promise<Result<boolean>> {
    await list.narrow(search)
    const first = await list.show(id)
    if (!first.ok || first.value || !isLatest()) return first
    // Far down a long list, or changed meanwhile.
    const name = await list.nameOf(id)
    if (!name.ok || !isLatest()) return name.ok ? first : name
    await list.narrow(name.value)
    const second = await list.show(id)
    if (!second.ok || second.value) return second
    return { ok: false, error: farDown(list.singular) }
  }

  async function show(record: LinkedRecord): Promise<void> {
    const isLatest = requests.start()
    error.value = undefined
    await mounted
    await nextTick()
    const found = await find(record, isLatest)
    if (!isLatest()) return
    // What a list that could not be read says is in its place.
    if (!found.ok) error.value = found.error.code === 'not-found' ? goneError(list.singular) : found.error
    else if (!found.value) error.value = goneError(list.singular)
  }

  return { error, show }
}
