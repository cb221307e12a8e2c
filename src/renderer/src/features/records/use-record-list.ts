import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { FilterTerm, ListQuery, Sort } from '@shared/domain/page'
import type { PbxRecord } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { listQuery } from '@/components/table/list-query'
import { listOf } from '@shared/resources/registry'
import { nothingSelected } from '@/components/table/selection'
import { markUnread } from '@/components/table/unread-cells'
import type { RowSource, TableSelection, TableStatus } from '@/components/table/types'
import { invoke } from '@/ipc/client'
import { usePlans } from '@/stores/plans'

const pause = 250

interface ListOptions {
  /** How the list stands until the person sorts it. */
  readonly sort: Sort | undefined
  /** What narrows it beside the search. */
  readonly filter: () => readonly FilterTerm[]
}

/** A list of one server: what narrows it, and when it is read again. */
export function useRecordList(serverId: ServerId, resource: ListId, { sort: firstSort, filter }: ListOptions) {
  const search = shallowRef('')
  const query = shallowRef<ListQuery>(listQuery('', filter(), firstSort))
  const selection = shallowRef<TableSelection>(nothingSelected)
  const status = shallowRef<TableStatus>({ state: 'loading' })
  const revision = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const source = computed<RowSource<PbxRecord>>(() => ({
    revision: revision.value,
    async load(page) {
      const reply = await invoke('records:list', { serverId, resource, query: page })
      if (reply.ok) markUnread(reply.value, `GET ${listOf(resource).path}`)
      return reply
    },
  }))
  const narrowed = computed(() => search.value.trim() !== '' || filter().length > 0)
  const reload = () => (revision.value += 1)

  const apply = () => (query.value = listQuery(search.value, filter(), query.value.sort))
  watch(search, () => {
    clearTimeout(timer)
    timer = setTimeout(apply, pause)
  })
  watch(filter, apply)
  // The palette comes here with something to look for.
  const route = useRoute()
  watch(
    () => route.query['search'],
    (asked) => {
      if (typeof asked === 'string') search.value = asked
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(
    usePlans().onEnded(({ server, resources, source }) => {
      if (server.id !== serverId || !resources.includes(resource)) return
      // The selected rows are other ones now, or none.
      if (source.kind === 'delete' || source.kind === 'change') selection.value = nothingSelected
      reload()
    }),
  )
  return { search, query, selection, status, source, narrowed, reload }
}
