import { visibleText } from '@shared/domain/visible-text'
import { endLevel, limitLevel, shareOf, type AlertLevel } from '@shared/fleet/alerts'
import { verdicts, type BoardRow, type Verdict, type VerdictCount } from '@shared/fleet/board-row'
import type { Earlier } from '@shared/fleet/earlier'
import {
  groupTotals,
  type DatedRow,
  type GroupTotals,
  type RulesTotal,
  type Total,
  type UsageTotal,
} from '@shared/fleet/group-totals'
import { ago } from '@shared/format/age'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import { localDateTime } from '@shared/format/time'
import { sortedNames } from '@shared/rows/order'
import type { Row } from '@/components/table/types'
import {
  endCell,
  ownerDetail,
  ownerTitle,
  plain,
  timeOf,
  unknown,
  type BoardCell,
  type BoardTableRow,
} from './board-cells'

/** The row of a folder, with the totals of its servers in the columns of the servers. */
export interface BoardGroupRow extends Row {
  readonly id: string
  /** Empty for servers without a folder. */
  readonly folder: string
  readonly totals: GroupTotals
  readonly cells: BoardTableRow['cells']
}

export const groupId = (folder: string): string => `folder/${folder}`
export const groupName = (folder: string): string => (folder === '' ? 'No folder' : folder)

/** Names that a tooltip lists. */
const listedNames = 10

const namesOf = (rows: readonly BoardRow[]): string => {
  const listed = rows.slice(0, listedNames).map(({ server }) => visibleText(server.name))
  const more = rows.length - listed.length
  return listed.join(', ') + (more > 0 ? ` and ${printNumber(more)} more` : '')
}

const partOf = (part: number, whole: number): string =>
  part === whole ? countText(whole, 'server') : `${printNumber(part)} of ${countText(whole, 'server')}`

const detailOf = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(', ')

/** How many values are not of now, and how old they are. */
export const earlierText = ({ count, oldest }: Earlier, now: number): string => {
  const servers = `${countText(count, 'server')} that ${count === 1 ? 'is' : 'are'} not signed in`
  return detailOf(`Includes values of ${servers}`, oldest && `the oldest ${ago(oldest, now)}`)
}

/** The cell of a total: how many servers it is of, and which ones are missing. */
function totalCell<T>(
  { value, missing, earlier }: Total<T>,
  size: number,
  make: (value: T) => BoardCell,
  now: number,
): BoardCell {
  if (value === undefined) return unknown(`Not known for any of ${countText(size, 'server')}`)
  const cell = make(value)
  const servers = partOf(size - missing.length, size)
  const title = [`${cell.text}, of ${servers}`, cell.title, earlier && earlierText(earlier, now)]
    .filter(Boolean)
    .join('\n')
  const old = earlier && `${printNumber(earlier.count)} earlier`
  if (missing.length === 0) return { ...cell, ...(old && { detail: detailOf(cell.detail, old) }), title }
  // The narrow columns have room for the number that is missing, and the tooltip names them.
  return {
    ...cell,
    detail: detailOf(cell.detail, `${printNumber(missing.length)} missing`, old),
    isPartial: true,
    title: `${title}\nWithout ${namesOf(missing)}`,
  }
}

const usageCell = ({ owner, used, limit, highest }: UsageTotal): BoardCell => ({
  ...ownerDetail(owner),
  text: `${printNumber(used)} of ${printNumber(limit)}`,
  title: `${ownerTitle(owner)}Highest: ${printNumber(highest.used)} of ${printNumber(highest.limit)} on ${visibleText(highest.row.server.name)}`,
  sort: shareOf({ used, limit }) ?? 0,
  // A server at its limit must not disappear in the sum.
  level: limitLevel(highest),
})

const firstEndCell =
  (kind: 'maintenance' | 'certificate', now: number) =>
  ({ row, time }: DatedRow): BoardCell =>
    endCell(kind, time, `First: ${visibleText(row.server.name)}`, now)

const rulesCell =
  (now: number) =>
  ({ count, first }: RulesTotal): BoardCell => ({
    text: printNumber(count),
    title: [
      `Allow rules that expire within 30 days: ${printNumber(count)}`,
      first && `First: ${localDateTime(first.time)} on ${visibleText(first.row.server.name)}`,
    ]
      .filter(Boolean)
      .join('\n'),
    sort: first === undefined ? Number.MAX_SAFE_INTEGER : timeOf(first.time),
    level: endLevel('rules', first?.time, now),
  })

/** The oldest and the newest version in as few parts as show that they differ, but two: `22.2 to 22.6`. */
function versionRange(oldest: string, newest: string): string {
  const [a, b] = [oldest.split('.'), newest.split('.')]
  const differing = a.findIndex((part, at) => part !== b[at])
  const parts = Math.max(2, (differing < 0 ? a.length : differing) + 1)
  return `${a.slice(0, parts).join('.')} to ${b.slice(0, parts).join('.')}`
}

function versionCell(versions: readonly string[]): BoardCell {
  const [oldest = '', newest = oldest] = [versions[0], versions.at(-1)]
  const text = oldest === newest ? oldest.split('.').slice(0, 3).join('.') : versionRange(oldest, newest)
  return { text: visibleText(text), title: versions.map(visibleText).join('\n'), sort: oldest }
}

const oldestCell =
  (now: number) =>
  ({ row, time }: DatedRow): BoardCell => ({
    text: ago(time, now),
    title: `Longest ago: ${localDateTime(time)}, ${visibleText(row.server.name)}`,
    sort: -Date.parse(time),
  })

const stateLevel = (verdict: Verdict | undefined, level: AlertLevel | undefined): AlertLevel | undefined => {
  if (verdict === 'problem') return 'critical'
  if (verdict === 'action') return 'warning'
  return verdict === 'alert' ? level : undefined
}

const stateText = ({ verdict, count, earlier }: VerdictCount): string =>
  `${verdicts[verdict]} ${printNumber(count)}${earlier ? ` (${printNumber(earlier.count)} earlier)` : ''}`

function stateCell({ states, level }: GroupTotals, now: number): BoardCell {
  const texts = states.map(stateText)
  const [text = '', ...rest] = texts
  const worst = states[0]?.verdict
  return {
    text,
    ...(rest.length > 0 && { detail: rest.join(', ') }),
    title: states
      .flatMap((state) => [stateText(state), ...(state.earlier ? [earlierText(state.earlier, now)] : [])])
      .join('\n'),
    sort: Object.keys(verdicts).indexOf(worst ?? ''),
    level: stateLevel(worst, level),
  }
}

/** The row of the servers of a folder that the filter shows; `all` is how many there are without it. */
export function boardGroupRow(
  folder: string,
  servers: readonly BoardTableRow[],
  all: number,
  now: number,
): BoardGroupRow {
  const rows = servers.map(({ board }) => board)
  const totals = groupTotals(rows)
  const size = rows.length
  const name = visibleText(groupName(folder))
  return {
    id: groupId(folder),
    folder,
    totals,
    cells: {
      server: { text: name, detail: partOf(size, all), title: `${name}\n${partOf(size, all)}`, sort: name },
      folder: plain(folder),
      state: stateCell(totals, now),
      users: totalCell(totals.users, size, usageCell, now),
      calls: totalCell(totals.calls, size, usageCell, now),
      tenants: totalCell(totals.tenants, size, usageCell, now),
      maintenance: totalCell(totals.maintenance, size, firstEndCell('maintenance', now), now),
      certificate: totalCell(totals.certificate, size, firstEndCell('certificate', now), now),
      rules: totalCell(totals.rules, size, rulesCell(now), now),
      version: totalCell(totals.versions, size, versionCell, now),
      updated: totalCell(totals.updated, size, oldestCell(now), now),
      response: totalCell(totals.response, size, oldestCell(now), now),
      tags: plain(sortedNames(rows.flatMap(({ server }) => server.tags)).join(', ')),
      address: plain(''),
      role: totalCell(totals.roles, size, (roles) => plain(roles.join(', ')), now),
    },
  }
}
