import type { ListQuery } from '@shared/domain/page'
import { worstGroupFirst } from '@shared/fleet/group-totals'
import { worstFirst } from '@shared/fleet/worst-first'
import { compareNames, type Compare } from '@shared/rows/order'
import type { BoardKey, BoardTableRow } from './board-cells'
import type { BoardGroupRow } from './group-cells'

const byBoard: Compare<BoardTableRow> = (a, b) => worstFirst(a.board, b.board)

/** By one column with unknown values last, or without one by `worst`; rows alike are in the order of `worst`, too. */
function byCells<R extends Pick<BoardTableRow, 'cells'>>(sort: ListQuery['sort'], worst: Compare<R>): Compare<R> {
  if (sort === undefined) return worst
  const sign = sort.descending ? -1 : 1
  return (a, b) => {
    const [x, y] = [a.cells[sort.key as BoardKey]?.sort, b.cells[sort.key as BoardKey]?.sort]
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || worst(a, b)
    return sign * compareNames(x, y) || worst(a, b)
  }
}

/** The order of the servers of the board. */
export const boardOrder = (sort: ListQuery['sort']): Compare<BoardTableRow> => byCells(sort, byBoard)

/** The order of groups, by their totals; servers without a folder are last in any order. */
export function groupOrder(sort: ListQuery['sort']): Compare<BoardGroupRow> {
  const compare = byCells<BoardGroupRow>(sort, worstGroupFirst)
  return (a, b) => Number(a.folder === '') - Number(b.folder === '') || compare(a, b)
}

/**
 * The rows in an order that was made earlier: values change in place and no row moves. New rows come last, in their own
 * order.
 */
export function inOrder<R extends { readonly id: string }>(
  rows: readonly R[],
  order: readonly string[],
  compare: Compare<R>,
): readonly R[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const known = order.flatMap((id) => byId.get(id) ?? [])
  const listed = new Set(order)
  const added = rows.filter(({ id }) => !listed.has(id)).sort(compare)
  return [...known, ...added]
}
