import { computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue'
import type { FilterTerm, ListQuery, Sort } from '@shared/domain/page'
import type { PbxRecord } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { manyOf } from '@shared/resources/resource'
import { countText } from '@shared/format/count-text'
import { announce } from '@/composables/announce'
import { onLateWrite } from '@/composables/late-writes'
import { useLinkQuery } from '@/composables/link-query'
import { usePageState } from '@/composables/page-state'
import { listQuery } from '@/components/table/list-query'
import { listOf } from '@shared/resources/registry'
import { nothingSelected } from '@/components/table/selection'
import { markUnread } from '@/components/table/unread-cells'
import type { RowSource, TableSelection, TableStatus } from '@/components/table/types'
import { invoke } from '@/ipc/client'
import { usePlans } from '@/stores/plans'
import type { LinkedRecord } from './use-linked-record'

const typingPause = 250

interface ListOptions {
  /** The initial sort. */
  readonly sort: Sort | undefined
  /** Filters besides the search. */
  readonly filter: () => readonly FilterTerm[]
  /** A link asks for the form of a record by its ID. */
  readonly onOpen: (id: string) => void
  /** A link asks for the row of a record by its ID. */
  readonly onShow: (record: LinkedRecord) => void
}

/** The rows of a list on one server: its search and filters, and when it is read again. */
export function useRecordList(
  serverId: ServerId,
  resource: ListId,
  { sort: firstSort, filter, onOpen, onShow }: ListOptions,
) {
  const search = shallowRef('')
  const query = shallowRef<ListQuery>(listQuery('', filter(), firstSort))
  const selection = shallowRef<TableSelection>(nothingSelected)
  const status = shallowRef<TableStatus>({ state: 'loading' })
  const revision = shallowRef(0)
  /** Somebody waits for the rows. */
  let isAsked = false
  const described = listOf(resource)
  let timer: ReturnType<typeof setTimeout> | undefined

  const source = computed<RowSource<PbxRecord>>(() => ({
    revision: revision.value,
    async load(page) {
      const reply = await invoke('records:list', { serverId, resource, query: page })
      if (isAsked && reply.ok)
        announce(`Refreshed: ${countText(reply.value.count, described.singular, manyOf(described))}`)
      isAsked = false
      if (reply.ok) markUnread(reply.value, `GET ${described.path}`)
      return reply
    },
  }))
  const isNarrowed = computed(() => search.value.trim() !== '' || filter().length > 0)
  const reload = () => (revision.value += 1)
  function refresh(): void {
    isAsked = true
    reload()
  }

  const apply = () => (query.value = listQuery(search.value, filter(), query.value.sort))
  watch(search, () => {
    clearTimeout(timer)
    timer = setTimeout(apply, typingPause)
  })
  watch(filter, apply)
  usePageState(
    () => ({ search: search.value, sort: query.value.sort }),
    (before) => {
      search.value = before.search
      query.value = listQuery(before.search, filter(), before.sort)
    },
  )
  /** Searches without the pause for typing. */
  async function narrow(text: string): Promise<void> {
    search.value = text
    await nextTick()
    clearTimeout(timer)
    apply()
  }
  // The palette opens the page with a text to search for, a table of the fleet with a record, the search with its row.
  useLinkQuery(({ search: text, open, show }) => {
    if (typeof show === 'string') onShow({ id: show, search: typeof text === 'string' ? text : '' })
    else if (typeof text === 'string') search.value = text
    if (typeof open === 'string') onOpen(open)
  })
  onScopeDispose(() => clearTimeout(timer))
  onLateWrite(reload)
  onScopeDispose(
    usePlans().onEnded(({ server, resources, source }) => {
      if (server.id !== serverId || !resources.includes(resource)) return
      // The selected rows may be gone or changed.
      if (source.kind === 'delete' || source.kind === 'change') selection.value = nothingSelected
      reload()
    }),
  )
  return { search, query, selection, status, source, isNarrowed, narrow, reload, refresh }
}
