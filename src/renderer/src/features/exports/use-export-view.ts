import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ExportEntry, ExportRow, OpenedExport } from '@shared/domain/export'
import type { ListQuery } from '@shared/domain/page'
import type { AppError } from '@shared/ipc/result'
import { listQuery } from '@/components/table/list-query'
import { nothingSelected } from '@/components/table/selection'
import { exportedOf } from '@shared/resources/exported'
import {
  columnsOf,
  type RowSource,
  type TableColumn,
  type TableSelection,
  type TableStatus,
} from '@/components/table/types'
import { filterTerms, noFilters, type RuleFilters } from '@/features/ip-rules/rule-filters'
import { useFileReading } from '@/composables/file-reading'
import { useLatestRequest } from '@/composables/latest-request'
import { invoke, on } from '@/ipc/client'
import { useOpenedFile } from './opened-export'

/** Described columns look as on the page of their resource; others are text. */
function tableColumns({ columns, entry }: OpenedExport): readonly TableColumn[] {
  const resource = entry.manifest?.resource ?? 'ip-rules'
  const describedColumns = columnsOf(exportedOf(resource).fields, () => true)
  return columns.map(({ key, label }) => {
    const describedColumn = describedColumns.find((column) => column.key === key)
    return describedColumn === undefined
      ? { key, label, kind: 'text', width: key === 'line' ? 900 : 180, sortable: true }
      : { ...describedColumn, sortable: true }
  })
}

/** An opened export, closed with its page. Nothing is sent to a server. */
export function useExportView(entryId: () => string) {
  const file = useOpenedFile()
  const reading = useFileReading()
  const opened = shallowRef<OpenedExport>()
  const error = shallowRef<AppError>()
  const entry = shallowRef<ExportEntry>()
  const search = shallowRef('')
  const filters = shallowRef<RuleFilters>(noFilters)
  const query = shallowRef<ListQuery>({})
  const selection = shallowRef<TableSelection>(nothingSelected)
  const status = shallowRef<TableStatus>({ state: 'loading' })
  const requests = useLatestRequest()

  const columns = computed(() => (opened.value === undefined ? [] : tableColumns(opened.value)))
  const hasColumn = (key: string): boolean => opened.value?.columns.some((column) => column.key === key) === true
  const isRules = computed(() => hasColumn('cidr') && hasColumn('target') && hasColumn('expire_at'))
  const isNarrowed = computed(
    () => search.value.trim() !== '' || JSON.stringify(filters.value) !== JSON.stringify(noFilters),
  )
  const source = computed<RowSource<ExportRow> | undefined>(() => {
    const viewId = opened.value?.viewId
    if (viewId === undefined) return undefined
    return {
      revision: 0,
      load: (page) => invoke('exports:rows', { viewId, query: page }),
      copy: async ({ query: copied, selection: rowsToCopy, columns: shown }) => {
        const rows = rowsToCopy.mode === 'some' ? { ids: [...rowsToCopy.ids] } : { except: [...rowsToCopy.except] }
        return invoke('exports:copyRows', { viewId, query: copied, columns: shown.map(({ key }) => key), ...rows })
      },
    }
  })

  function close(): void {
    if (opened.value !== undefined) void invoke('exports:close', { viewId: opened.value.viewId })
    opened.value = undefined
  }

  async function load(): Promise<void> {
    const isLatest = requests.start()
    close()
    error.value = undefined
    const openedFile = file.current.value
    if (entryId() === 'opened') {
      if (openedFile?.kind === 'opened') opened.value = openedFile.opened
      else
        error.value = openedFile?.error ?? {
          code: 'not-found',
          message: 'No file is open',
          hint: 'Open one from the exports page.',
        }
      entry.value = opened.value?.entry
      return
    }
    const reply = await reading.read((readingId) => invoke('exports:open', { id: entryId(), readingId }))
    if (!isLatest()) return void (reply.ok && invoke('exports:close', { viewId: reply.value.viewId }))
    if (!reply.ok) return void (error.value = reply.error)
    opened.value = reply.value
    entry.value = reply.value.entry
  }

  /** Main verifies the hash after the rows are shown, then reports a change of the library. */
  async function readEntry(): Promise<void> {
    const reply = await invoke('exports:list', {})
    const listed = reply.ok ? reply.value.find(({ id }) => id === entryId()) : undefined
    if (listed !== undefined) entry.value = listed
  }

  watch([search, filters], () => {
    const filter = isRules.value ? filterTerms(filters.value, Date.now()) : []
    query.value = listQuery(search.value, filter, query.value.sort)
  })
  watch([entryId, file.revision], () => void load(), { immediate: true })
  onScopeDispose(on('library:changed', () => void readEntry()))
  onScopeDispose(close)

  function clear(): void {
    search.value = ''
    filters.value = noFilters
  }
  const accept = (verified: ExportEntry): void => void (entry.value = verified)
  return {
    reading,
    opened,
    error,
    entry,
    search,
    filters,
    query,
    selection,
    status,
    columns,
    isRules,
    isNarrowed,
    source,
    load,
    clear,
    accept,
  }
}
