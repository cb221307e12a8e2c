import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { IpRule } from '@shared/domain/ip-rule'
import type { ListQuery } from '@shared/domain/page'
import type { ServerId } from '@shared/domain/server'
import type { RowSource, TableSelection, TableStatus } from '@/components/table/types'
import { nothingSelected } from '@/components/table/selection'
import { invoke } from '@/ipc/client'
import { useJobs } from '@/stores/jobs'
import { noFilters, queryOf, type RuleFilters } from './rule-filters'

const pause = 250

/** The list of one server's rules: what narrows it, what is chosen, and when it is read again. */
export function useRuleList(serverId: ServerId) {
  const search = shallowRef('')
  const filters = shallowRef<RuleFilters>(noFilters)
  const query = shallowRef<ListQuery>({})
  const selection = shallowRef<TableSelection>(nothingSelected)
  const status = shallowRef<TableStatus>({ state: 'loading' })
  const revision = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const source = computed<RowSource<IpRule>>(() => ({
    revision: revision.value,
    load: (page) => invoke('ipRules:list', { serverId, query: page }),
  }))
  const narrowed = computed(
    () => search.value.trim() !== '' || JSON.stringify(filters.value) !== JSON.stringify(noFilters),
  )

  const apply = () => (query.value = queryOf(search.value, filters.value, query.value.sort, Date.now()))
  watch(search, () => {
    clearTimeout(timer)
    timer = setTimeout(apply, pause)
  })
  watch(filters, apply)
  // The palette comes here with an address to look for.
  const route = useRoute()
  watch(
    () => route.query['search'],
    (asked) => {
      if (typeof asked === 'string') search.value = asked
    },
    { immediate: true },
  )

  function clear(): void {
    search.value = ''
    filters.value = noFilters
  }
  const reload = () => (revision.value += 1)

  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(
    useJobs().onFinished((job) => {
      const imported = job.kind === 'import' && job.resource === undefined
      if (job.serverId !== serverId || (job.kind !== 'ip-rules-destroy' && !imported)) return
      if (!imported) selection.value = nothingSelected
      reload()
    }),
  )

  return { search, filters, query, selection, status, source, narrowed, clear, reload }
}
