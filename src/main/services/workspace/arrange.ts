import type { ServerId, ServerRecord } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'

const maxName = 120

const notFound = (): FleetError =>
  new FleetError({ code: 'not-found', message: 'This server is no longer in the workspace' })

/** `Berlin` becomes `Berlin (copy)`, then `Berlin (copy 2)`: an unused name within the maximum length. */
export function copyName(name: string, servers: readonly ServerRecord[]): string {
  const usedNames = new Set(servers.map((server) => server.name))
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? ' (copy)' : ` (copy ${n})`
    // Cutting may split an emoji; the remaining half is removed.
    const candidate = name.slice(0, maxName - suffix.length).replace(/[\uD800-\uDBFF]$/, '') + suffix
    if (!usedNames.has(candidate)) return candidate
  }
}

/** The list with `added` right behind the server `id`. */
export const placeAfter = (
  servers: readonly ServerRecord[],
  id: ServerId,
  added: ServerRecord,
): readonly ServerRecord[] => servers.flatMap((server) => (server.id === id ? [server, added] : [server]))

/**
 * The list with the server `id` in `folder`, in front of `before` or at the end. In front of itself, it keeps its
 * position. Errors: FleetError `not-found`.
 */
export function placeBefore(
  servers: readonly ServerRecord[],
  id: ServerId,
  before: ServerId | null,
  folder: string,
): readonly ServerRecord[] {
  const original = servers.find((server) => server.id === id)
  if (original === undefined) throw notFound()
  const moved = { ...original, folder: folder.trim() }
  if (before === id) return servers.map((server) => (server === original ? moved : server))
  const others = servers.filter((server) => server !== original)
  if (before === null) return [...others, moved]
  const index = others.findIndex((server) => server.id === before)
  if (index < 0) throw notFound()
  return others.toSpliced(index, 0, moved)
}

/** The same list if `change` returns each server unchanged, so that nothing is saved. */
function changedList(
  servers: readonly ServerRecord[],
  change: (server: ServerRecord) => ServerRecord,
): readonly ServerRecord[] {
  const next = servers.map(change)
  return next.some((server, index) => server !== servers[index]) ? next : servers
}

/** The list with the servers of `folder` in the folder `name`; empty for none. */
export function withFolderRenamed(
  servers: readonly ServerRecord[],
  folder: string,
  name: string,
): readonly ServerRecord[] {
  const newName = name.trim()
  if (newName === folder) return servers
  return changedList(servers, (server) => (server.folder === folder ? { ...server, folder: newName } : server))
}

/** The list with these servers paused or resumed. */
export function withPaused(
  servers: readonly ServerRecord[],
  ids: ReadonlySet<ServerId>,
  paused: boolean,
): readonly ServerRecord[] {
  return changedList(servers, (server) => {
    if (!ids.has(server.id) || (server.paused === true) === paused) return server
    const { paused: _, ...resumed } = server
    return paused ? { ...resumed, paused } : resumed
  })
}
