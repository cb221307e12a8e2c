import { computed, shallowRef, type Ref } from 'vue'
import { useNotify } from '@/stores/notify'
import { nothingSelected, sizeOf } from './selection'
import type { Row, TableHandle, TableSelection, TableStatus } from './types'

interface SelectedRowsOptions<R extends Row> {
  readonly selection: Ref<TableSelection>
  readonly status: Ref<TableStatus>
  readonly table: () => TableHandle<R> | null
  /** The plural noun of the rows, for example `rules`. */
  readonly plural: () => string
}

/** The selected rows of a table: their number, their loaded rows, and the scope of an export. */
export function useSelectedRows<R extends Row & { readonly id?: unknown }>({
  selection,
  status,
  table,
  plural,
}: SelectedRowsOptions<R>) {
  const notify = useNotify()
  const collecting = shallowRef(false)
  const count = computed(() => sizeOf(selection.value, status.value.count ?? 0))

  /** The selected rows, or without a selection the active row; undefined if they cannot be read. */
  async function collect(): Promise<readonly R[] | undefined> {
    const grid = table()
    if (collecting.value || grid === null) return undefined
    if (count.value === 0) {
      const active = grid.activeRow()
      return active === undefined ? [] : [active]
    }
    collecting.value = true
    const rows = await grid.collect()
    collecting.value = false
    if (rows.ok) return rows.value
    notify.error(rows.error, `The selected ${plural()} could not be read`)
    return undefined
  }

  /** The selection for an export: "all except" becomes the ids of the rows. */
  async function forExport(): Promise<TableSelection | undefined> {
    if (selection.value.mode !== 'all' || selection.value.except.length === 0) return selection.value
    const rows = await collect()
    return rows && { mode: 'some', ids: rows.map((row) => String(row.id)) }
  }

  return { count, collecting, collect, forExport, clear: () => (selection.value = nothingSelected) }
}
