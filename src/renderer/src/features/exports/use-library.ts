import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ExportEntry } from '@shared/domain/export'
import type { ListQuery } from '@shared/domain/page'
import type { AppError } from '@shared/ipc/result'
import { pageOf } from '@shared/rows/query'
import type { LibraryInfo } from '@shared/ipc/values'
import type { RowSource, TableSelection } from '@/components/table/types'
import { memberTest, nothingSelected } from '@/components/table/selection'
import { useLatestRequest } from '@/composables/latest-request'
import { invoke, on } from '@/ipc/client'
import {
  matchesFilters,
  libraryRow,
  librarySources,
  matchingRows,
  noLibraryFilters,
  type LibraryFilters,
  type LibraryRow,
} from './library-rows'

/** The exports in the folder of the library, with search, filters and selection. */
export function useLibrary() {
  const entries = shallowRef<readonly ExportEntry[]>()
  const info = shallowRef<LibraryInfo>()
  const error = shallowRef<AppError>()
  const search = shallowRef('')
  const filters = shallowRef<LibraryFilters>(noLibraryFilters)
  const query = shallowRef<ListQuery>({ sort: { key: 'exported_at', descending: true } })
  const selectedIds = shallowRef<TableSelection>(nothingSelected)
  const revision = shallowRef(0)
  const requests = useLatestRequest()

  const rows = computed(() => (entries.value ?? []).map(libraryRow))
  const filteredRows = computed(() => rows.value.filter((row) => matchesFilters(row, filters.value, Date.now())))
  const sources = computed(() => librarySources(entries.value ?? []))
  const isNarrowed = computed(
    () => search.value.trim() !== '' || Object.values(filters.value).some((value) => value !== ''),
  )
  const matching = computed(() => matchingRows(filteredRows.value, query.value))
  /** "All" means the listed exports: a later one must not be added to those about to be deleted. */
  const selection = computed<TableSelection>({
    get: () => selectedIds.value,
    set: (next) => {
      const isMember = memberTest(next)
      selectedIds.value =
        next.mode === 'some'
          ? next
          : { mode: 'some', ids: matching.value.map(({ id }) => id).filter((id) => isMember(id)) }
    },
  })
  const selectedEntries = computed(() =>
    matching.value.filter((row) => memberTest(selection.value)(row.id)).map((row) => row.entry),
  )
  const source = computed<RowSource<LibraryRow>>(() => ({
    revision: revision.value,
    load: async (page) => ({ ok: true, value: pageOf(matchingRows(filteredRows.value, page), page) }),
  }))
  const state = computed(() => {
    if (entries.value === undefined) return error.value === undefined ? 'loading' : 'error'
    return matching.value.length === 0 ? 'empty' : 'ready'
  })

  function dropMissing(listed: readonly ExportEntry[]): void {
    const ids = new Set(listed.map(({ id }) => id))
    if (selectedIds.value.mode === 'some' && selectedIds.value.ids.some((id) => !ids.has(id)))
      selectedIds.value = { mode: 'some', ids: selectedIds.value.ids.filter((id) => ids.has(id)) }
  }

  async function load(): Promise<void> {
    const isLatest = requests.start()
    const [list, library] = await Promise.all([invoke('exports:list', {}), invoke('library:get', {})])
    if (!isLatest()) return
    if (library.ok) info.value = library.value
    error.value = list.ok ? undefined : list.error
    if (list.ok) {
      entries.value = list.value
      dropMissing(list.value)
    }
    revision.value += 1
  }

  /** Replaces an entry by its newly verified state. */
  function accept(entry: ExportEntry): void {
    entries.value = (entries.value ?? []).map((listed) => (listed.id === entry.id ? entry : listed))
    revision.value += 1
  }

  watch(search, (text) => {
    const { sort } = query.value
    query.value = { ...(text.trim() !== '' && { search: text.trim() }), ...(sort && { sort }) }
  })
  watch(filters, () => {
    selection.value = nothingSelected
    revision.value += 1
  })

  function clear(): void {
    search.value = ''
    filters.value = noLibraryFilters
  }

  onScopeDispose(on('library:changed', () => void load()))
  void load()

  return {
    entries,
    info,
    error,
    search,
    filters,
    query,
    selection,
    source,
    sources,
    isNarrowed,
    matching,
    selectedEntries,
    state,
    load,
    accept,
    clear,
  }
}
