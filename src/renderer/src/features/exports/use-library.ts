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
  keepRow,
  libraryRow,
  librarySources,
  matchingRows,
  noLibraryFilters,
  type LibraryFilters,
  type LibraryRow,
} from './library-rows'

/** The library as its folder holds it, what narrows the list, and what is chosen. */
export function useLibrary() {
  const entries = shallowRef<readonly ExportEntry[]>()
  const info = shallowRef<LibraryInfo>()
  const error = shallowRef<AppError>()
  const search = shallowRef('')
  const filters = shallowRef<LibraryFilters>(noLibraryFilters)
  const query = shallowRef<ListQuery>({ sort: { key: 'exported_at', descending: true } })
  const marked = shallowRef<TableSelection>(nothingSelected)
  const revision = shallowRef(0)
  const requests = useLatestRequest()

  const rows = computed(() => (entries.value ?? []).map(libraryRow))
  const kept = computed(() => rows.value.filter((row) => keepRow(row, filters.value, Date.now())))
  const sources = computed(() => librarySources(entries.value ?? []))
  const narrowed = computed(() => search.value.trim() !== '' || Object.values(filters.value).some((one) => one !== ''))
  const found = computed(() => matchingRows(kept.value, query.value))
  /** "All" means those that are listed now: an export that comes later must not join what is about to be deleted. */
  const selection = computed<TableSelection>({
    get: () => marked.value,
    set: (next) => {
      const isMember = memberTest(next)
      marked.value =
        next.mode === 'some'
          ? next
          : { mode: 'some', ids: found.value.map(({ id }) => id).filter((id) => isMember(id)) }
    },
  })
  const chosen = computed(() =>
    found.value.filter((row) => memberTest(selection.value)(row.id)).map((row) => row.entry),
  )
  const source = computed<RowSource<LibraryRow>>(() => ({
    revision: revision.value,
    load: async (page) => ({ ok: true, value: pageOf(matchingRows(kept.value, page), page) }),
  }))
  const state = computed(() => {
    if (entries.value === undefined) return error.value === undefined ? 'loading' : 'error'
    return found.value.length === 0 ? 'empty' : 'ready'
  })

  function dropMissing(listed: readonly ExportEntry[]): void {
    const ids = new Set(listed.map(({ id }) => id))
    if (marked.value.mode === 'some' && marked.value.ids.some((id) => !ids.has(id)))
      marked.value = { mode: 'some', ids: marked.value.ids.filter((id) => ids.has(id)) }
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

  /** An entry that main looked at anew takes the place of the one that is shown. */
  function accept(entry: ExportEntry): void {
    entries.value = (entries.value ?? []).map((one) => (one.id === entry.id ? entry : one))
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
    narrowed,
    found,
    chosen,
    state,
    load,
    accept,
    clear,
  }
}
