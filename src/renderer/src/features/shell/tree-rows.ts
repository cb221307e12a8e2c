import type { ServerId, ServerRecord } from '@shared/domain/server'
import { searchOf, searchTest, searchText } from '@shared/rows/search'

export type TreeRow =
  | {
      readonly kind: 'folder'
      readonly key: string
      readonly folder: string
      readonly count: number
      readonly open: boolean
      readonly place: number
      readonly of: number
    }
  | {
      readonly kind: 'server'
      readonly key: string
      readonly server: ServerRecord
      readonly level: 1 | 2
      readonly place: number
      readonly of: number
    }

const inFolder = (servers: readonly ServerRecord[], folder: string): readonly ServerRecord[] =>
  servers.filter((server) => server.folder === folder)

/** Whether each word of the search occurs in the name, an address, the folder or a tag of the server. */
export function matches(server: ServerRecord, search: string): boolean {
  const { name, address, secondAddress, folder, tags } = server
  return searchTest(searchOf(search, 'all'))(searchText([name, address, secondAddress, folder, ...tags]))
}

/** The rows of the sidebar: servers without a folder, then the folders, each with its servers in workspace order. A search opens all folders. */
export function treeRows(
  servers: readonly ServerRecord[],
  allFolders: readonly string[],
  collapsed: ReadonlySet<string>,
  search: string,
): readonly TreeRow[] {
  const searching = search.trim() !== ''
  const shown = searching ? servers.filter((server) => matches(server, search)) : servers
  const groups = new Map<string, ServerRecord[]>()
  for (const server of shown) {
    const group = groups.get(server.folder)
    if (group) group.push(server)
    else groups.set(server.folder, [server])
  }
  const loose = groups.get('') ?? []
  const folders = allFolders.filter((folder) => groups.has(folder))
  const of = loose.length + folders.length

  const rows: TreeRow[] = loose.map((server, index) => ({
    kind: 'server',
    key: server.id,
    server,
    level: 1,
    place: index + 1,
    of,
  }))
  folders.forEach((folder, index) => {
    const members = groups.get(folder) ?? []
    const open = searching || !collapsed.has(folder)
    const place = loose.length + index + 1
    rows.push({ kind: 'folder', key: `folder/${folder}`, folder, count: members.length, open, place, of })
    if (!open) return
    members.forEach((server, at) =>
      rows.push({ kind: 'server', key: server.id, server, level: 2, place: at + 1, of: members.length }),
    )
  })
  return rows
}

/** The server before which another one is placed by a step up or down in its folder; undefined at the edge. */
export function stepTarget(
  servers: readonly ServerRecord[],
  serverId: ServerId,
  by: 1 | -1,
): { readonly before: ServerId | null } | undefined {
  const folder = servers.find((server) => server.id === serverId)?.folder ?? ''
  const members = inFolder(servers, folder)
  const at = members.findIndex((server) => server.id === serverId)
  const target = at + by
  if (at < 0 || target < 0 || target >= members.length) return undefined
  return { before: (by === -1 ? members[target]?.id : members[target + 1]?.id) ?? null }
}
