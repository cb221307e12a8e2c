import { computed, shallowRef } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { TreeRow } from './tree-rows'

const serverOf = (row: TreeRow | undefined): ServerId | undefined =>
  row?.kind === 'server' ? row.server.id : undefined

/** The servers of a folder's row, or the one of a server’s row. */
const serversOf = (rows: readonly TreeRow[], row: TreeRow): readonly ServerId[] =>
  row.kind === 'server'
    ? [row.server.id]
    : rows.flatMap((each) => (each.kind === 'server' && each.server.folder === row.folder ? [each.server.id] : []))

/** Several servers of the sidebar, selected with Ctrl and Shift; the server that is open is only part of it when it is selected, too. */
export function useTreeSelection(rows: () => readonly TreeRow[], open: () => ServerId | undefined) {
  const picked = shallowRef<ReadonlySet<ServerId>>(new Set())
  /** The row at which a range starts. */
  const anchor = shallowRef<string>()
  const ids = computed(() => {
    const present = new Set(rows().flatMap((row) => serverOf(row) ?? []))
    return [...picked.value].filter((id) => present.has(id))
  })
  const isSelected = (id: ServerId): boolean => picked.value.has(id)

  function clear(): void {
    if (picked.value.size > 0) picked.value = new Set()
    anchor.value = undefined
  }

  function toggle(row: TreeRow): void {
    const servers = serversOf(rows(), row)
    // Those of a closed folder are not shown.
    if (servers.length === 0) return
    // The open server is what a person sees as selected first.
    const first = open()
    const next = new Set(picked.value.size === 0 && first !== undefined ? [first] : picked.value)
    const areIn = servers.every((id) => next.has(id))
    for (const id of servers) {
      if (areIn) next.delete(id)
      else next.add(id)
    }
    picked.value = next
    anchor.value = row.key
  }

  function extendTo(row: TreeRow): void {
    const all = rows()
    const start = all.findIndex(({ key }) => key === (anchor.value ?? open()))
    const end = all.findIndex(({ key }) => key === row.key)
    if (start < 0) return toggle(row)
    anchor.value ??= all[start]?.key
    const range = all.slice(Math.min(start, end), Math.max(start, end) + 1)
    picked.value = new Set(range.flatMap((each) => serverOf(each) ?? []))
  }

  function all(): void {
    picked.value = new Set(rows().flatMap((row) => serverOf(row) ?? []))
  }

  return { ids, isSelected, clear, toggle, extendTo, all }
}
