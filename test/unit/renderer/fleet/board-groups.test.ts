import { describe, expect, it } from 'vitest'
import { boardTableRow, type BoardTableRow } from '@/features/fleet/board-cells'
import {
  folderSizes,
  groupLines,
  groupMaker,
  isGroupRow,
  linePlaces,
  serversOf,
  type BoardLine,
} from '@/features/fleet/board-groups'
import { boardOrder, groupOrder, inOrder } from '@/features/fleet/board-order'
import { facts, inDays, limits, now, presented, row } from '../../shared/fleet/sample'

type Parts = Parameters<typeof row>[0]

const tableRow = (id: string, folder: string, parts: Parts = {}): BoardTableRow =>
  boardTableRow(row({ ...parts, server: { name: id, folder, id } }), now)
const using = (used: number) => ({ facts: facts({ limits: { ...limits, users: { used, limit: 100 } } }) })
const expiring = (days: number) => ({ facts: facts({ certificate: { ...presented, validTo: inDays(days) } }) })
const denied = { session: { phase: 'denied' } } as const

const fleet = [
  tableRow('loose', '', denied),
  tableRow('n1', 'North', using(10)),
  tableRow('s1', 'South', using(80)),
  tableRow('n2', 'North', { ...using(30), ...denied }),
  tableRow('s2', 'South', using(90)),
  tableRow('e1', 'East', expiring(5)),
]
const open: (folder: string) => boolean = () => true
const groupsOf = (rows: readonly BoardTableRow[], all = rows) =>
  groupMaker()(rows, folderSizes(all.map(({ board }) => board)), now)
const text = (line: BoardLine): string => (isGroupRow(line) ? `[${line.folder || 'none'}]` : line.id)

function board(
  rows: readonly BoardTableRow[],
  sort?: { readonly key: string; readonly descending: boolean },
  isOpen = open,
): readonly BoardLine[] {
  const groups = groupsOf(rows).toSorted(groupOrder(sort))
  return groupLines(groups, rows.toSorted(boardOrder(sort)), isOpen)
}
const shown = (...args: Parameters<typeof board>): string =>
  board(...args)
    .map(text)
    .join(' ')

describe('a board in groups', () => {
  it('has groups worst first, as the servers inside; those without a folder are last, however bad they are', () => {
    expect(shown(fleet)).toBe('[North] n2 n1 [East] e1 [South] s2 s1 [none] loose')
  })

  it('has the order of a column within groups, and groups by their total', () => {
    expect(shown(fleet, { key: 'users', descending: false })).toBe('[East] e1 [North] n1 n2 [South] s1 s2 [none] loose')
    expect(shown(fleet, { key: 'users', descending: true })).toBe('[South] s2 s1 [North] n2 n1 [East] e1 [none] loose')
    expect(shown(fleet, { key: 'server', descending: true })).toBe('[South] s2 s1 [North] n2 n1 [East] e1 [none] loose')
  })

  it('has groups with an unknown total last, in both directions', () => {
    const rows = [tableRow('a', 'Known', using(5)), tableRow('b', 'Unknown', { facts: undefined })]
    for (const descending of [false, true])
      expect(shown(rows, { key: 'users', descending })).toBe('[Known] a [Unknown] b')
  })

  it('has only the row of a closed group', () => {
    expect(shown(fleet, undefined, (folder) => folder !== 'North' && folder !== '')).toBe(
      '[North] [East] e1 [South] s2 s1 [none]',
    )
    expect(shown(fleet, undefined, () => false)).toBe('[North] [East] [South] [none]')
  })

  it('has no lines without servers', () => {
    expect(board([])).toEqual([])
  })

  it('keeps groups and servers in an earlier order while they change', () => {
    const order = board(fleet).map(({ id }) => id)
    const changed = fleet.map((entry) =>
      entry.id === 's1' ? tableRow('s1', 'South', { ...using(80), ...denied }) : entry,
    )
    const groups = inOrder(groupsOf(changed), order, groupOrder(undefined))
    const servers = inOrder(changed, order, boardOrder(undefined))
    expect(groupLines(groups, servers, open).map(text).join(' ')).toBe(shown(fleet))
    expect(shown(changed)).not.toBe(shown(fleet))
  })
})

describe('the place of a line', () => {
  const place = (lines: readonly BoardLine[], name: string, isOpen = open) =>
    linePlaces(lines, isOpen).get(lines.find((line) => text(line) === name)?.id ?? '')

  it('is counted among the groups, or in its group, and knows the row of the group', () => {
    const lines = board(fleet)
    expect(place(lines, '[East]')).toEqual({ level: 1, place: 2, of: 4, isOpen: true })
    expect(place(lines, 's1')).toEqual({ level: 2, place: 2, of: 2, group: 5 })
    expect(place(lines, 'loose')).toEqual({ level: 2, place: 1, of: 1, group: 8 })
  })

  it('of a closed group is closed', () => {
    const isOpen = (folder: string): boolean => folder !== 'North'
    const lines = board(fleet, undefined, isOpen)
    expect(place(lines, '[North]', isOpen)).toMatchObject({ place: 1, isOpen: false })
    expect(place(lines, 'e1', isOpen)).toMatchObject({ group: 1 })
  })
})

it('totals are computed again for the folders whose servers changed, or the number or age of them, and for no others', () => {
  const make = groupMaker()
  const sizes = folderSizes(fleet.map(({ board: entry }) => entry))
  const before = make(fleet, sizes, now)
  const changed = fleet.map((entry) => (entry.id === 's1' ? tableRow('s1', 'South', denied) : entry))
  const after = make(changed, sizes, now)
  expect(after.filter((group, at) => group !== before[at]).map(text)).toEqual(['[South]'])
  expect(after.find(({ folder }) => folder === 'South')?.totals.states[0]).toEqual({ verdict: 'problem', count: 1 })
  const fewer = make(
    changed.filter(({ id }) => id !== 'n1'),
    sizes,
    now,
  )
  expect(fewer.filter((group) => !after.includes(group)).map(text)).toEqual(['[North]'])
  const more = make(changed, new Map([...sizes, ['East', 2]]), now)
  expect(more.find(({ folder }) => folder === 'East')?.cells.server.detail).toBe('1 of 2 servers')
  expect(make(changed, sizes, now + 86_400_000).filter((group) => after.includes(group))).toEqual([])
})

it('a group stands for the servers that the filter shows, also while it is closed; a server for itself', () => {
  const [north] = board(fleet, undefined, () => false)
  const found = fleet.filter(({ id }) => id !== 'n1')
  expect(north && serversOf(north, found).map(text)).toEqual(['n2'])
  expect(fleet[1] && serversOf(fleet[1], fleet)).toEqual([fleet[1]])
})
