import type { BoardRow } from '@shared/fleet/board-row'
import type { RowPlace } from '@/components/table/row-tree'
import type { BoardTableRow } from './board-cells'
import { boardGroupRow, groupId, type BoardGroupRow } from './group-cells'

/** A row of the board's table: a server or, before its servers, a group. */
export type BoardLine = BoardTableRow | BoardGroupRow

export const isGroupRow = (line: BoardLine): line is BoardGroupRow => 'totals' in line

function byFolder(servers: readonly BoardTableRow[]): ReadonlyMap<string, readonly BoardTableRow[]> {
  const folders = new Map<string, BoardTableRow[]>()
  for (const row of servers) {
    const { folder } = row.board.server
    const members = folders.get(folder)
    if (members) members.push(row)
    else folders.set(folder, [row])
  }
  return folders
}

/** How many servers each folder has; the empty name is that of servers without a folder. */
export function folderSizes(rows: readonly BoardRow[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { server } of rows) sizes.set(server.folder, (sizes.get(server.folder) ?? 0) + 1)
  return sizes
}

interface Made {
  readonly servers: readonly BoardTableRow[]
  readonly all: number
  readonly now: number
  readonly group: BoardGroupRow
}

/** Makes the row of each folder of these servers, again only if one of its servers has changed. */
export function groupMaker() {
  const made = new Map<string, Made>()
  const groupOf = (folder: string, servers: readonly BoardTableRow[], all: number, now: number): BoardGroupRow => {
    const last = made.get(folder)
    const isSame =
      last?.all === all &&
      last.now === now &&
      last.servers.length === servers.length &&
      servers.every((row, at) => row === last.servers[at])
    if (isSame) return last.group
    const group = boardGroupRow(folder, servers, all, now)
    made.set(folder, { servers, all, now, group })
    return group
  }
  return (shown: readonly BoardTableRow[], sizes: ReadonlyMap<string, number>, now: number): readonly BoardGroupRow[] =>
    [...byFolder(shown)].map(([folder, servers]) => groupOf(folder, servers, sizes.get(folder) ?? servers.length, now))
}

/** The groups in their order, each with its servers in theirs unless it is closed. */
export function groupLines(
  groups: readonly BoardGroupRow[],
  servers: readonly BoardTableRow[],
  isOpen: (folder: string) => boolean,
): readonly BoardLine[] {
  const folders = byFolder(servers)
  return groups.flatMap((group): readonly BoardLine[] =>
    isOpen(group.folder) ? [group, ...(folders.get(group.folder) ?? [])] : [group],
  )
}

/** The place of each line, by its ID. */
export function linePlaces(
  lines: readonly BoardLine[],
  isOpen: (folder: string) => boolean,
): ReadonlyMap<string, RowPlace> {
  const places = new Map<string, RowPlace>()
  const of = lines.filter(isGroupRow).length
  const sizes = folderSizes(lines.flatMap((line) => (isGroupRow(line) ? [] : [line.board])))
  let group = 0
  let groups = 0
  lines.forEach((line, index) => {
    if (isGroupRow(line)) {
      group = index
      groups += 1
      places.set(line.id, { level: 1, place: groups, of, isOpen: isOpen(line.folder) })
    } else {
      const { folder } = line.board.server
      places.set(line.id, { level: 2, place: index - group, of: sizes.get(folder) ?? 0, group })
    }
  })
  return places
}

/** The servers that a line stands for. */
export const serversOf = (line: BoardLine, servers: readonly BoardTableRow[]): readonly BoardTableRow[] =>
  isGroupRow(line) ? servers.filter(({ board }) => groupId(board.server.folder) === line.id) : [line]
