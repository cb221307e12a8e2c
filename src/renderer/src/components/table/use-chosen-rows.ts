import { computed, shallowRef, type Ref } from 'vue'
import { useNotify } from '@/stores/notify'
import { nothingSelected, sizeOf } from './selection'
import type { Row, TableHandle, TableSelection, TableStatus } from './types'

interface ChosenDeps<R extends Row> {
  readonly selection: Ref<TableSelection>
  readonly status: Ref<TableStatus>
  readonly table: () => TableHandle<R> | null
  /** What the rows are, in a sentence: `rules`. */
  readonly many: () => string
}

/** The chosen rows of a table, for what is done with them: counted, loaded, and as an export's scope. */
export function useChosenRows<R extends Row & { readonly id?: unknown }>({
  selection,
  status,
  table,
  many,
}: ChosenDeps<R>) {
  const notify = useNotify()
  const collecting = shallowRef(false)
  const chosen = computed(() => sizeOf(selection.value, status.value.count ?? 0))

  /** The chosen rows, or the one the keyboard stands on; undefined where they cannot be read. */
  async function collect(): Promise<readonly R[] | undefined> {
    const grid = table()
    if (collecting.value || grid === null) return undefined
    if (chosen.value === 0) {
      const active = grid.activeRow()
      return active === undefined ? [] : [active]
    }
    collecting.value = true
    const rows = await grid.collect()
    collecting.value = false
    if (rows.ok) return rows.value
    notify.error(rows.error, `The selected ${many()} could not be read`)
    return undefined
  }

  /** What goes along with an export: "all but some" is turned into the rows it means. */
  async function forExport(): Promise<TableSelection | undefined> {
    if (selection.value.mode !== 'all' || selection.value.except.length === 0) return selection.value
    const rows = await collect()
    return rows && { mode: 'some', ids: rows.map((row) => String(row.id)) }
  }

  return { chosen, collecting, collect, forExport, clear: () => (selection.value = nothingSelected) }
}
