import { byColumns, compareNames, compareValues, type Compare } from '../rows/order'
import { alertLevels } from './alerts'
import { verdicts, type BoardRow } from './board-row'

const verdictOrder = Object.keys(verdicts)
const noAlert = alertLevels.length

const rank: { readonly [key: string]: (row: BoardRow) => number } = {
  verdict: ({ verdict }) => verdictOrder.indexOf(verdict),
  level: ({ alerts: [worst] }) => (worst ? alertLevels.indexOf(worst.level) : noAlert),
  alerts: ({ alerts }) => -alerts.length,
}

const byRank = byColumns<BoardRow>(
  Object.keys(rank).map((key) => ({ key, descending: false })),
  (row, key) => rank[key]?.(row),
)

/**
 * Orders the board: unreachable, blocked and changed certificates; then what requires an action; then alerts, the most
 * urgent first; then servers about which not everything is known. Servers alike are in the order of their names.
 */
export const worstFirst: Compare<BoardRow> = (a, b) =>
  byRank(a, b) || compareNames(a.server.name, b.server.name) || compareValues(a.server.id, b.server.id)
