import { computed, onScopeDispose, shallowRef } from 'vue'
import type { Settings, TableLayout } from '@shared/domain/settings'
import { invoke, on } from '@/ipc/client'
import type { TableColumn } from './types'

const narrowest = 40
const widest = 2000

/** Widths and hidden columns of one table, remembered in the settings under its id. */
export function useTableLayout(tableId: string, columns: () => readonly TableColumn[]) {
  const tables = shallowRef<Settings['tables']>({})
  const layout = computed<TableLayout>(
    () =>
      tables.value[tableId] ?? {
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

  const read = (settings: Settings) => (tables.value = settings.tables)
  const known = invoke('settings:get', {}).then((reply) => reply.ok && read(reply.value))
  onScopeDispose(on('settings:changed', read))

  const show = (next: TableLayout) => (tables.value = { ...tables.value, [tableId]: next })
  // Saved only over what was read: other tables' layouts stand in the same record.
  const save = () => void known.then(() => invoke('settings:patch', { tables: tables.value }))

  /** `done` is false while the person still drags. */
  function resize(key: string, width: number, done: boolean): void {
    const fitting = Math.round(Math.min(widest, Math.max(narrowest, width)))
    show({ ...layout.value, widths: { ...layout.value.widths, [key]: fitting } })
    if (done) save()
  }

  function setHidden(hidden: readonly string[]): void {
    show({ ...layout.value, hidden })
    save()
  }

  function reset(): void {
    const others = { ...tables.value }
    delete others[tableId]
    tables.value = others
    save()
  }

  return { layout, shown, resize, setHidden, reset }
}
