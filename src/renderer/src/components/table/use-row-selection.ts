import { computed, shallowRef, toRaw, type Ref } from 'vue'
import { useLatestRequest } from '@/composables/latest-request'
import { addAll, everythingSelected, memberTest, nothingSelected, sizeOf, toggle } from './selection'
import type { Row, TableSelection } from './types'

interface Rows<R> {
  readonly at: (index: number) => R | undefined
  /** The rows from `first` to `last`, loaded if need be. */
  readonly range: (first: number, last: number) => Promise<readonly R[]>
  readonly count: () => number
  readonly idOf: (row: R) => string
}

/** Selection as ids; rows that were chosen stay at hand for copying. `anchor` is where a range begins. */
export function useRowSelection<R extends Row>(selection: Ref<TableSelection>, rows: Rows<R>) {
  const anchor = shallowRef(0)
  /** What was chosen when the anchor was set: a range that grows or shrinks is laid over it. */
  let base: TableSelection = nothingSelected
  const requests = useLatestRequest()
  /** Whatever else stands in `selection` was set by the page. */
  let ours: TableSelection = nothingSelected
  const put = (next: TableSelection) => (selection.value = ours = next)
  const atHand = new Map<string, R>()
  const isSelected = computed(() => memberTest(selection.value))
  const size = computed(() => sizeOf(selection.value, rows.count()))

  const remember = (row: R): string => {
    const id = rows.idOf(row)
    atHand.set(id, row)
    return id
  }

  function toggleAt(index: number): void {
    const row = rows.at(index)
    if (row === undefined) return
    anchor.value = index
    requests.cancel()
    base = toggle(selection.value, remember(row))
    put(base)
  }

  async function extendTo(index: number): Promise<void> {
    const isLatest = requests.start()
    if (toRaw(selection.value) !== ours) base = selection.value
    const first = Math.min(anchor.value, index)
    const chosen = await rows.range(first, Math.max(anchor.value, index))
    if (isLatest()) put(addAll(base, chosen.map(remember)))
  }

  function only(index: number): void {
    const row = rows.at(index)
    if (row === undefined) return
    anchor.value = index
    base = nothingSelected
    requests.cancel()
    put({ mode: 'some', ids: [remember(row)] })
  }

  function set(next: TableSelection): void {
    requests.cancel()
    base = next
    put(next)
  }
  const all = () => set(everythingSelected)
  const none = () => set(nothingSelected)

  return { anchor, atHand, isSelected, size, toggleAt, extendTo, only, all, none }
}
