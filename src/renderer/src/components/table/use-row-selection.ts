import { computed, shallowRef, type Ref } from 'vue'
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
    selection.value = toggle(selection.value, remember(row))
  }

  async function extendTo(index: number): Promise<void> {
    const first = Math.min(anchor.value, index)
    const chosen = await rows.range(first, Math.max(anchor.value, index))
    selection.value = addAll(selection.value, chosen.map(remember))
  }

  function only(index: number): void {
    const row = rows.at(index)
    if (row === undefined) return
    anchor.value = index
    selection.value = { mode: 'some', ids: [remember(row)] }
  }

  const all = () => (selection.value = everythingSelected)
  const none = () => (selection.value = nothingSelected)

  return { anchor, atHand, isSelected, size, toggleAt, extendTo, only, all, none }
}
