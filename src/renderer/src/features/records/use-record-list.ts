import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ListQuery, Sort } from '@shared/domain/page'
import type { PbxRecord } from '@shared/domain/record'
import type { ServerId } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import { nothingSelected } from '@/components/table/selection'
import type { RowSource, TableSelection, TableStatus } from '@/components/table/types'
import { invoke } from '@/ipc/client'
import { useJobs } from '@/stores/jobs'

const pause = 250

/** A list of one server: what narrows it, and when it is read again. */
export function useRecordList(serverId: ServerId, resource: ListId, firstSort?: Sort) {
  const search = shallowRef('')
  const query = shallowRef<ListQuery>(firstSort ? { sort: firstSort } : {})
  const selection = shallowRef<TableSelection>(nothingSelected)
  const status = shallowRef<TableStatus>({ state: 'loading' })
  const revision = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined

  const source = computed<RowSource<PbxRecord>>(() => ({
    revision: revision.value,
    load: (page) => invoke('records:list', { serverId, resource, query: page }),
  }))
  const reload = () => (revision.value += 1)

  watch(search, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { sort } = query.value
      const text = search.value.trim()
      query.value = { ...(text !== '' && { search: text }), ...(sort && { sort }) }
    }, pause)
  })
  onScopeDispose(() => clearTimeout(timer))
  onScopeDispose(
    useJobs().onFinished((job) => {
      if (job.serverId !== serverId || job.resource !== resource) return
      if (job.kind === 'records-destroy') selection.value = nothingSelected
      if (job.kind === 'records-destroy' || job.kind === 'import') reload()
    }),
  )
  return { search, query, selection, status, source, reload }
}
