import { computed, shallowRef, toRaw, type Ref } from 'vue'
import { useLatestRequest } from '@/composables/latest-request'
import { addAll, everythingSelected, memberTest, nothingSelected, sizeOf, toggle } from './selection'
import type { Row, TableSelection } from './types'

interface Rows<R> {
  readonly at: (index: number) => R | undefined
  /** The rows from `first` to `last`, loaded if necessary; undefined if they could not be loaded, which was reported. */
  readonly range: (first: number, last: number) => Promise<readonly R[] | undefined>
  readonly count: () => number
  readonly idOf: (row: R) => string
}

/** The selection as ids; loaded selected rows are cached for copying. `anchor` is the start of a range. */
export function useRowSelection<R extends Row>(selection: Ref<TableSelection>, rows: Rows<R>) {
  const anchor = shallowRef(0)
  /** The selection when the anchor was set, to which a growing or shrinking range is added. */
  let base: TableSelection = nothingSelected
  const requests = useLatestRequest()
  /** The last selection from here; any other one was set by the page. */
  let lastSet: TableSelection = nothingSelected
  const setSelection = (next: TableSelection) => (selection.value = lastSet = next)
  const cachedRows = new Map<string, R>()
  const isSelected = computed(() => memberTest(selection.value))
  const size = computed(() => sizeOf(selection.value, rows.count()))

  const remember = (row: R): string => {
    const id = rows.idOf(row)
    cachedRows.set(id, row)
    return id
  }

  function toggleAt(index: number): void {
    const row = rows.at(index)
    if (row === undefined) return
    anchor.value = index
    requests.cancel()
    base = toggle(selection.value, remember(row))
    setSelection(base)
  }

  async function extendTo(index: number): Promise<void> {
    const isLatest = requests.start()
    if (toRaw(selection.value) !== lastSet) base = selection.value
    const first = Math.min(anchor.value, index)
    const range = await rows.range(first, Math.max(anchor.value, index))
    // A part of the range is not what was selected.
    if (isLatest() && range !== undefined) setSelection(addAll(base, range.map(remember)))
  }

  function only(index: number): void {
    const row = rows.at(index)
    anchor.value = index
    base = nothingSelected
    requests.cancel()
    // A row that is still loading must not leave another one selected, which Enter would open.
    setSelection(row === undefined ? nothingSelected : { mode: 'some', ids: [remember(row)] })
  }

  /** A row that need not be among the loaded ones. */
  function onlyRow(row: R, index: number): void {
    anchor.value = index
    set({ mode: 'some', ids: [remember(row)] })
  }

  function set(next: TableSelection): void {
    requests.cancel()
    base = next
    setSelection(next)
  }
  const all = () => set(everythingSelected)
  const none = () => set(nothingSelected)

  return { anchor, cachedRows, isSelected, size, toggleAt, extendTo, only, onlyRow, all, none }
}
