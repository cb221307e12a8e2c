import { computed, shallowRef, watch } from 'vue'
import type { ExportRow, OpenedExport } from '@shared/domain/export'
import { exportedOf } from '@shared/resources/exported'
import { invoke } from '@/ipc/client'

/** The row of an opened export that is shown as a form: the only one of a single resource, or the one opened. */
export function useExportedRow(opened: () => OpenedExport | undefined) {
  const row = shallowRef<ExportRow>()
  const resource = computed(() => opened()?.entry.manifest?.resource)
  const single = computed(() => resource.value !== undefined && exportedOf(resource.value).single)

  watch(
    opened,
    async (now) => {
      row.value = undefined
      if (now === undefined || !single.value) return
      const reply = await invoke('exports:rows', { viewId: now.viewId, query: { offset: 0, limit: 1 } })
      if (reply.ok && opened() === now) row.value = reply.value.items[0]
    },
    { immediate: true },
  )
  return {
    row,
    resource,
    single,
    show: (selected: ExportRow) => (row.value = selected),
    close: () => (row.value = undefined),
  }
}
