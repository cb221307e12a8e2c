import type { ServerId } from '../domain/server'
import { visibleText } from '../domain/visible-text'
import { countText } from '../format/count-text'
import type { MergedServer, RowScope } from './merged'

/** More servers are counted. */
const namedMax = 3

/** `Contoso, Fabrikam` or `12 servers`. */
export const serversText = (ids: readonly ServerId[], nameOf: (id: ServerId) => string): string =>
  ids.length > namedMax ? countText(ids.length, 'server') : ids.map((id) => visibleText(nameOf(id))).join(', ')

const scopes: Readonly<Record<RowScope, string>> = {
  dealer: 'Only what your dealer account sees',
  'own-tenant': 'Only your own tenant',
}

/** Whether its rows are shown, also those of an earlier reading. */
const isRead = ({ phase, rows }: Pick<MergedServer, 'phase' | 'rows'>): boolean =>
  phase === 'read' || phase === 'partly' || rows > 0

/**
 * What was read of servers of which the accounts do not see all, one sentence for those that are alike:
 * `Only what your dealer account sees was searched on Contoso`. Empty if there are none.
 */
export const scopeTexts = (
  servers: readonly Pick<MergedServer, 'serverId' | 'phase' | 'rows' | 'scope'>[],
  was: 'searched' | 'read' | 'checked',
  textOf: (ids: readonly ServerId[]) => string,
): readonly string[] =>
  (Object.keys(scopes) as RowScope[]).flatMap((scope) => {
    const ids = servers.filter((server) => server.scope === scope && isRead(server)).map(({ serverId }) => serverId)
    return ids.length === 0 ? [] : [`${scopes[scope]} was ${was} on ${textOf(ids)}`]
  })
