import { countText } from '@shared/format/count-text'
import { computed, nextTick, shallowRef, watch, type Ref } from 'vue'
import type { ListQuery } from '@shared/domain/page'
import { invoke } from '@/ipc/client'
import { useNotify } from '@/stores/notify'
import { cellText, toTsv } from './cell-text'
import { collectRows } from './collect'
import { gridMove } from './grid-keys'
import { useShownRow } from './show-row'
import type { RowTree } from './row-tree'
import type { Row, RowSource, TableColumn, TablePlace, TableSelection } from './types'
import { useRowSelection } from './use-row-selection'
import { headHeight, useRowWindow } from './use-row-window'
import { useSparseRows } from './use-sparse-rows'

interface GridOptions<R extends Row> {
  readonly source: () => RowSource<R>
  readonly rowKey: () => string
  readonly columns: () => readonly TableColumn[]
  readonly selectable: () => boolean
  /** The active row is the selection. */
  readonly single: () => boolean
  readonly query: Ref<ListQuery>
  readonly selection: Ref<TableSelection>
  readonly scroller: Ref<HTMLElement | null>
  /** In CSS pixels. */
  readonly rowHeight: () => number
  readonly tree: () => RowTree<R> | undefined
  readonly onOpen: (row: R) => void
  /** What names a row; its first column by default. */
  readonly rowName?: ((row: R) => string) | undefined
}

/** The state of one table: rows, the visible range, the active cell, keys and selection. */
export function useResourceGrid<R extends Row>(options: GridOptions<R>) {
  const notify = useNotify()
  const sparse = useSparseRows<R>((query) => options.source().load(query))
  const active = shallowRef({ row: 0, column: 0 })
  const statusMessage = shallowRef('')
  const total = computed(() => sparse.count.value ?? 0)

  const rowAt = (index: number): R | undefined => {
    const entry = sparse.at(index)
    return entry.state === 'loaded' ? entry.row : undefined
  }
  const idOf = (row: R): string => String(row[options.rowKey()])

  const rowSelection = useRowSelection<R>(options.selection, {
    at: rowAt,
    idOf,
    count: () => total.value,
    async range(first, last) {
      const loaded = Array.from({ length: last - first + 1 }, (_, index) => rowAt(first + index))
      if (loaded.every((row) => row !== undefined)) return loaded as readonly R[]
      const rows: R[] = []
      for (let offset = first; offset <= last; offset += 1000) {
        const limit = Math.min(1000, last - offset + 1)
        const reply = await options.source().load({ ...options.query.value, offset, limit })
        if (!reply.ok) {
          notify.error(reply.error, 'The rows could not be selected')
          return undefined
        }
        rows.push(...reply.value.items)
      }
      return rows
    },
  })

  const view = useRowWindow({ scroller: options.scroller, count: () => total.value, rowHeight: options.rowHeight })
  const { inView, height } = view

  watch(inView, (items) => {
    const first = items[0]?.index
    if (first !== undefined) sparse.want(first, items[items.length - 1]?.index ?? first)
  })
  watch(
    [options.query, () => options.source()],
    ([query, source], [oldQuery, oldSource]) => {
      const same = oldSource !== undefined && JSON.stringify(query) === JSON.stringify(oldQuery)
      if (same && source === oldSource) return
      const keepsPlace = same && source.revision !== oldSource.revision
      if (!keepsPlace && oldSource !== undefined) {
        view.moveTo(0)
        active.value = { ...active.value, row: 0 }
        if (JSON.stringify(query) !== JSON.stringify(oldQuery)) rowSelection.none()
      }
      sparse.start(query, keepsPlace)
    },
    { immediate: true },
  )

  function goTo(row: number): void {
    active.value = { ...active.value, row }
    view.show(row)
  }

  const place = (): TablePlace => ({ row: active.value.row, top: view.top.value })

  function goBackTo({ row, top }: TablePlace): void {
    const isHere = (): boolean => total.value > row && options.scroller.value !== null
    const stop = watch(
      [total, options.scroller],
      async () => {
        const scroller = options.scroller.value
        const isUsed = active.value.row > 0 || (scroller?.scrollTop ?? 0) > 0
        if (isUsed) return stop()
        if (!isHere()) return
        stop()
        active.value = { ...active.value, row }
        if (options.single()) rowSelection.only(row)
        // The rows have their height with the next update.
        await nextTick()
        view.moveTo(top)
        if (document.activeElement?.matches('body, main') === true) scroller?.focus({ preventScroll: true })
      },
      { flush: 'post' },
    )
  }

  const show = useShownRow<R>({
    ...{ source: options.source, query: options.query, scroller: options.scroller, sparse, idOf },
    onFound(row, index) {
      rowSelection.onlyRow(row, index)
      goTo(index)
    },
  })

  async function copy(): Promise<void> {
    const source = options.source()
    const selection: TableSelection =
      rowSelection.size.value > 0 ? options.selection.value : { mode: 'some', ids: rowIds(active.value.row) }
    const columns = options.columns()
    statusMessage.value = 'Copying'
    if (source.copy !== undefined) {
      const reply = await source.copy({ query: options.query.value, selection, columns })
      statusMessage.value = reply.ok ? copiedText(reply.value.rows) : reply.error.message
      return
    }
    const rows = await collect(selection)
    const copied = rows.ok ? rows.value.flatMap((row) => source.copied?.(row) ?? [row]) : []
    const reply = rows.ok ? await invoke('app:copy', { text: toTsv(copied, columns) }) : rows
    statusMessage.value = reply.ok ? copiedText(copied.length) : reply.error.message
  }

  const copiedText = (rows: number) => `${countText(rows, 'row')} copied`
  const rowIds = (index: number): readonly string[] => {
    const row = rowAt(index)
    if (row !== undefined) rowSelection.cachedRows.set(idOf(row), row)
    return row === undefined ? [] : [idOf(row)]
  }
  const collect = (selection: TableSelection = options.selection.value) =>
    collectRows(options.source(), options.query.value, selection, rowSelection.cachedRows, options.rowKey())

  /** The row that keys are about: the selected one may have another index by now. */
  function activeRow(): R | undefined {
    const [id] = options.single() && options.selection.value.mode === 'some' ? options.selection.value.ids : []
    const here = rowAt(active.value.row)
    // After a reload, the row of the table is newer than the one that was selected.
    return id === undefined || (here !== undefined && idOf(here) === id) ? here : rowSelection.cachedRows.get(id)
  }

  function onKey(event: KeyboardEvent): void {
    const tree = options.tree()
    const rowHere = rowAt(active.value.row)
    const place = rowHere && tree?.placeOf(rowHere)
    const move = gridMove(event, {
      ...active.value,
      isOpen: place?.isOpen,
      group: place?.group,
      rows: total.value,
      columns: options.columns().length,
      pageRows: Math.max(
        1,
        Math.floor(((options.scroller.value?.clientHeight ?? 0) - headHeight) / options.rowHeight()) - 1,
      ),
    })
    if (move === undefined) return
    const index = active.value.row
    const row = activeRow()
    const hasCheckBoxes = options.selectable()
    if (move.to === 'none' && rowSelection.size.value === 0) return
    event.preventDefault()
    if (move.to === 'row') {
      if (move.extend && hasCheckBoxes && rowSelection.size.value === 0) rowSelection.only(index)
      goTo(move.row)
      if (move.extend && hasCheckBoxes) void rowSelection.extendTo(move.row)
      if (options.single()) rowSelection.only(move.row)
    } else if (move.to === 'column') active.value = { ...active.value, column: move.column }
    else if (move.to === 'open' && row !== undefined) options.onOpen(row)
    else if (move.to === 'copy') void copy()
    else if ((move.to === 'expand' || move.to === 'collapse') && rowHere !== undefined)
      tree?.setOpen(rowHere, move.to === 'expand')
    else if (move.to === 'toggle' && hasCheckBoxes) rowSelection.toggleAt(index)
    else if (move.to === 'all' && hasCheckBoxes) rowSelection.all()
    else if (move.to === 'none') {
      event.stopPropagation()
      rowSelection.none()
    }
  }

  const label = (row: R): string => {
    const name = options.rowName?.(row)
    if (name !== undefined) return name
    const first = options.columns()[0]
    return first === undefined ? idOf(row) : cellText(row, first)
  }

  return {
    sparse,
    rowSelection,
    inView,
    height,
    active,
    total,
    statusMessage,
    rowAt,
    activeRow,
    idOf,
    goTo,
    place,
    goBackTo,
    show,
    onKey,
    collect,
    copy,
    label,
  }
}
