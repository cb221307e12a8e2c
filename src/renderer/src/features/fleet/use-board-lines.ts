import { computed, shallowRef, watch } from 'vue'
import type { ListQuery } from '@shared/domain/page'
import type { ServerId } from '@shared/domain/server'
import type { BoardRow } from '@shared/fleet/board-row'
import { pageOf } from '@shared/rows/query'
import type { RowTree } from '@/components/table/row-tree'
import type { RowSource } from '@/components/table/types'
import type { MenuItem } from '@/composables/context-menu'
import { useSettings } from '@/stores/settings'
import type { BoardTableRow } from './board-cells'
import { folderSizes, groupLines, groupMaker, isGroupRow, linePlaces, serversOf, type BoardLine } from './board-groups'
import { boardOrder, groupOrder, inOrder } from './board-order'
import type { BoardGroupRow } from './group-cells'

interface BoardState {
  /** All servers. */
  readonly rows: () => readonly BoardRow[]
  /** Those that the filter shows. */
  readonly shown: () => readonly BoardTableRow[]
  readonly filter: () => string
  readonly sort: () => ListQuery['sort']
  readonly now: () => number
  readonly isUsed: () => boolean
}

/** The lines of the board in an order that is kept while somebody uses the table, and which groups are open. */
export function useBoardLines({ rows, shown, filter, sort, now, isUsed }: BoardState) {
  const settings = useSettings()
  /** IDs of servers and groups. */
  const order = shallowRef<readonly string[]>([])
  const revision = shallowRef(0)
  /** A filter opens all groups: what it finds must not be hidden. */
  const closedInFilter = shallowRef<ReadonlySet<string>>(new Set())

  const sizes = computed(() => folderSizes(rows()))
  const hasFolders = computed(() => [...sizes.value.keys()].some((folder) => folder !== ''))
  const isGrouped = computed(() => settings.settings.boardGrouped && hasFolders.value)
  const isFiltered = computed(() => filter().trim() !== '')
  const closed = computed<ReadonlySet<string>>(() =>
    isFiltered.value ? closedInFilter.value : new Set(settings.settings.boardCollapsed),
  )
  const isOpen = (folder: string): boolean => !closed.value.has(folder)

  const makeGroups = groupMaker()
  const compare = computed(() => boardOrder(sort()))
  const compareGroups = computed(() => groupOrder(sort()))
  const groups = computed(() => (isGrouped.value ? makeGroups(shown(), sizes.value, now()) : []))
  const servers = computed(() => inOrder(shown(), order.value, compare.value))
  const sortedServers = computed(() => [...shown()].sort(compare.value))
  const orderedGroups = computed(() => inOrder(groups.value, order.value, compareGroups.value))
  const sortedGroups = computed(() => [...groups.value].sort(compareGroups.value))

  const lines = computed<readonly BoardLine[]>(() =>
    isGrouped.value ? groupLines(orderedGroups.value, servers.value, isOpen) : servers.value,
  )
  const isOutOfOrder = computed(() => {
    const sorted = isGrouped.value ? groupLines(sortedGroups.value, sortedServers.value, isOpen) : sortedServers.value
    return sorted.some(({ id }, at) => id !== lines.value[at]?.id)
  })
  const source = computed<RowSource<BoardLine>>(() => ({
    revision: revision.value,
    load: (page) => Promise.resolve({ ok: true, value: pageOf(lines.value, page) }),
    copied: (line) => serversOf(line, servers.value),
  }))

  function sortAgain(): void {
    order.value = [...sortedGroups.value, ...sortedServers.value].map(({ id }) => id)
  }

  // A new filter or sort starts a new order. Otherwise rows move only while nobody uses the table.
  watch([filter, compare, isGrouped], sortAgain, { immediate: true })
  watch(isOutOfOrder, (out) => out && !isUsed() && sortAgain())
  watch(isUsed, (used) => !used && isOutOfOrder.value && sortAgain())
  watch(lines, () => (revision.value += 1))
  watch(filter, () => (closedInFilter.value = new Set()))

  function setOpen(folders: readonly string[], open: boolean): void {
    const next = new Set(closed.value)
    for (const folder of folders) {
      if (open) next.delete(folder)
      else next.add(folder)
    }
    if (isFiltered.value) closedInFilter.value = next
    else void settings.patch({ boardCollapsed: [...next].filter((folder) => sizes.value.has(folder)) })
  }

  const places = computed(() => linePlaces(lines.value, isOpen))
  const tree = computed<RowTree<BoardLine> | undefined>(() =>
    isGrouped.value
      ? {
          placeOf: ({ id }) => places.value.get(id),
          setOpen(line, open) {
            if (isGroupRow(line)) setOpen([line.folder], open)
          },
        }
      : undefined,
  )
  const folders = (): readonly string[] => groups.value.map(({ folder }) => folder)
  /** For the menus; empty without groups. */
  const groupItems = computed<readonly MenuItem[]>(() =>
    isGrouped.value
      ? [
          {
            label: 'Collapse all folders',
            separated: true,
            off: !folders().some(isOpen) && 'All folders are collapsed',
            run: () => setOpen(folders(), false),
          },
          {
            label: 'Expand all folders',
            off: folders().every(isOpen) && 'All folders are expanded',
            run: () => setOpen(folders(), true),
          },
        ]
      : [],
  )

  return {
    source,
    tree,
    groupItems,
    isOutOfOrder,
    sortAgain,
    toggle: ({ folder }: BoardGroupRow): void => setOpen([folder], !isOpen(folder)),
    /** The servers of a group that the filter shows. */
    members: (group: BoardGroupRow): readonly ServerId[] => serversOf(group, servers.value).map(({ id }) => id),
    /** All servers that the filter shows, in the order of the board, also those of closed groups. */
    exported: (): readonly BoardTableRow[] =>
      isGrouped.value ? orderedGroups.value.flatMap((group) => serversOf(group, servers.value)) : servers.value,
  }
}
