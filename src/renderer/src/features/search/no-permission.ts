import type { ServerId } from '@shared/domain/server'
import { serversText } from '@shared/fleet/scope-text'
import type { SearchedServer } from '@shared/fleet/search'
import { exportedOf } from '@shared/resources/exported'

/** The lists that the account of a server may not read, as in `IP rules, Transports`; empty if there are none. */
function unreadableLists({ lists }: SearchedServer): string {
  const labels = lists.flatMap(({ resource, phase }) => (phase === 'no-permission' ? [exportedOf(resource).label] : []))
  return labels.join(', ')
}

/** Why a server was searched in part, by server. */
export const noPermissionReasons = (servers: readonly SearchedServer[]): ReadonlyMap<ServerId, string> =>
  new Map(
    servers.flatMap((server) => {
      const lists = unreadableLists(server)
      return lists === '' ? [] : [[server.serverId, `No permission: ${lists}`]]
    }),
  )

/**
 * What was not searched because accounts may not read it, one sentence for all servers that are alike:
 * `Not searched on Contoso (no permission): IP rules, Transports`.
 */
export function noPermissionTexts(
  servers: readonly SearchedServer[],
  nameOf: (id: ServerId) => string,
): readonly string[] {
  const idsByLists = new Map<string, ServerId[]>()
  for (const server of servers) {
    const lists = unreadableLists(server)
    if (lists !== '') idsByLists.set(lists, [...(idsByLists.get(lists) ?? []), server.serverId])
  }
  return [...idsByLists].map(([lists, ids]) => `Not searched on ${serversText(ids, nameOf)} (no permission): ${lists}`)
}
