import type { ListQuery } from '@shared/domain/page'
import { compareNames, type Compare } from '@shared/rows/order'
import { worstFirst } from '@shared/fleet/worst-first'
import type { BoardKey, BoardTableRow } from './board-cells'

const byBoard: Compare<BoardTableRow> = (a, b) => worstFirst(a.board, b.board)

/** The order of the board: worst first, or by one column with unknown values last; rows alike stay worst first. */
export function boardOrder(sort: ListQuery['sort']): Compare<BoardTableRow> {
  if (sort === undefined) return byBoard
  const sign = sort.descending ? -1 : 1
  return (a, b) => {
    const [x, y] = [a.cells[sort.key as BoardKey]?.sort, b.cells[sort.key as BoardKey]?.sort]
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || byBoard(a, b)
    return sign * compareNames(x, y) || byBoard(a, b)
  }
}

/**
 * The rows in an order that was made earlier: values change in place and no row moves. New rows come last, in their own
 * order.
 */
export function inOrder(
  rows: readonly BoardTableRow[],
  order: readonly string[],
  compare: Compare<BoardTableRow>,
): readonly BoardTableRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const known = order.flatMap((id) => byId.get(id) ?? [])
  const listed = new Set(order)
  const added = rows.filter(({ id }) => !listed.has(id)).sort(compare)
  return [...known, ...added]
}
