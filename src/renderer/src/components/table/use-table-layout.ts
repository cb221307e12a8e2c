import { computed, shallowRef } from 'vue'
import type { TableLayout } from '@shared/domain/settings'
import { useSettings } from '@/stores/settings'
import type { TableColumn } from './types'

const narrowest = 40
const widest = 2000

/** Widths and hidden columns of one table, remembered in the settings under its id. */
export function useTableLayout(tableId: string, columns: () => readonly TableColumn[]) {
  const settings = useSettings()
  /** The layout while a column is dragged; saved at the end. */
  const dragged = shallowRef<TableLayout>()
  const layout = computed<TableLayout>(
    () =>
      dragged.value ??
      settings.settings.tables[tableId] ?? {
        widths: {},
        hidden: columns()
          .filter((column) => column.optional === true)
          .map((column) => column.key),
      },
  )
  const shown = computed(() =>
    columns()
      .filter((column) => !layout.value.hidden.includes(column.key))
      .map((column) => ({ ...column, width: layout.value.widths[column.key] ?? column.width })),
  )

  function save(next: TableLayout | undefined): void {
    const others = Object.fromEntries(Object.entries(settings.settings.tables).filter(([id]) => id !== tableId))
    dragged.value = undefined
    void settings.patch({ tables: next === undefined ? others : { ...others, [tableId]: next } })
  }

  /** `done` is false while the column is dragged. */
  function resize(key: string, width: number, done: boolean): void {
    const fitting = Math.round(Math.min(widest, Math.max(narrowest, width)))
    const next = { ...layout.value, widths: { ...layout.value.widths, [key]: fitting } }
    if (done) save(next)
    else dragged.value = next
  }

  return {
    layout,
    shown,
    resize,
    setHidden: (hidden: readonly string[]) => save({ ...layout.value, hidden }),
    reset: () => save(undefined),
  }
}
