import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import type { ListQuery } from '@shared/domain/page'
import type { MergedState } from '@shared/fleet/merged'
import type { MergedId } from '@shared/fleet/merged-ids'
import type { MergedRow } from '@shared/fleet/merged-row'
import { exportedOf } from '@shared/resources/exported'
import type { RowSource, TableSelection } from '@/components/table/types'
import { markUnreadRow } from '@/components/table/unread-cells'
import { invoke } from '@/ipc/client'
import { savedColumns } from './merged-columns'
import type { ReadFilter } from './use-merged-filter'

interface Shown {
  readonly state: Readonly<ShallowRef<MergedState | undefined>>
  readonly filter: ReadFilter
  /** No server is shown, so that nothing is opened. */
  readonly hasNone: () => boolean
}

/** The rows of an open merged table that its filter finds: pages for the table, copies and files. */
export function useMergedRows(resource: MergedId, { state, filter: { parsed, terms }, hasNone }: Shown) {
  const { label } = exportedOf(resource)
  const epoch = shallowRef(0)
  const isOutdated = shallowRef(false)
  const revision = shallowRef(0)
  const servers = computed(() => state.value?.servers ?? [])
  const viewId = computed(() => state.value?.viewId)
  /** Changes whenever rows arrived. */
  const progress = computed(() =>
    servers.value.map(({ rows, readAt, phase }) => `${rows} ${readAt} ${phase}`).join('\n'),
  )
  watch([progress, parsed, terms, epoch], () => (revision.value += 1))

  const queryOf = ({ sort }: ListQuery) => ({
    serverIds: servers.value.map(({ serverId }) => serverId),
    ...(parsed.value.search !== '' && { search: parsed.value.search }),
    ...(terms.value.length > 0 && { filter: terms.value }),
    ...(sort && { sort }),
    epoch: epoch.value,
  })

  function rowsOf(list: ListQuery, selected: TableSelection, columns: readonly string[]) {
    const rows = selected.mode === 'some' ? { ids: [...selected.ids] } : { except: [...selected.except] }
    return { query: queryOf(list), columns: [...columns], ...rows }
  }

  const source = computed<RowSource<MergedRow>>(() => {
    const id = viewId.value
    return {
      revision: revision.value,
      async load({ offset, limit, ...list }) {
        // Rows that a filter does not mean would look like its result.
        if (hasNone() || parsed.value.problems.length > 0) return { ok: true, value: { items: [], count: 0 } }
        // The table is being opened, and then has another source. No rows would look like a result, too.
        if (id === undefined) return new Promise(() => undefined)
        const reply = await invoke('merged:rows', { viewId: id, query: { ...queryOf(list), offset, limit } })
        if (!reply.ok) return reply
        isOutdated.value = reply.value.isOutdated
        for (const row of reply.value.items) markUnreadRow(row, row['@unread'] ?? [], `GET ${label}`)
        return reply
      },
      async copy({ query, selection, columns }) {
        if (id === undefined) return { ok: true, value: { rows: 0 } }
        const keys = columns.map(({ key }) => key)
        return invoke('merged:copy', { viewId: id, rows: rowsOf(query, selection, keys) })
      },
    }
  })

  /** Saves rows where the user chooses; undefined if no table is open. */
  async function save(list: ListQuery, selected: TableSelection) {
    const id = viewId.value
    if (id === undefined) return undefined
    return invoke('merged:save', { viewId: id, rows: rowsOf(list, selected, savedColumns(resource)) })
  }

  return {
    source,
    isOutdated,
    save,
    /** Puts all rows in order again, with their values of now. */
    update: (): void => void (epoch.value += 1),
  }
}
