import type { ServerId } from '@shared/domain/server'
import type { MergedServer } from '@shared/fleet/merged'
import type { MergedPhase } from '@shared/fleet/merged-phase'
import { scopeTexts } from '@shared/fleet/scope-text'
import { countText } from '@shared/format/count-text'
import { localDateTime } from '@shared/format/time'

/** Why a server is missing, for people. */
export const missingReasons: Readonly<Record<MergedPhase, string>> = {
  waiting: 'not read yet',
  reading: 'not read completely',
  read: '',
  incomplete: 'incomplete response',
  failed: 'not read',
  'signed-out': 'signed out',
  paused: 'paused',
  'no-permission': 'no permission',
  partly: 'read in part',
}

/**
 * Sentences for a file with the rows of these servers: `46 of 50 servers; missing: Contoso (signed out)`, and servers
 * whose rows are older or not all of the server. Empty if all were read.
 */
export function missingText(servers: readonly MergedServer[], nameOf: (id: ServerId) => string): readonly string[] {
  const notRead = servers.filter(({ phase }) => phase !== 'read')
  const missing = notRead.filter(({ rows, readAt }) => readAt === undefined || rows === 0)
  const old = notRead.filter((server) => !missing.includes(server))
  const reason = ({ phase, error }: MergedServer): string =>
    (phase === 'failed' || phase === 'signed-out') && error !== undefined ? error.message : missingReasons[phase]
  const oldReason = (server: MergedServer): string =>
    server.phase === 'waiting' ? 'not read again yet' : reason(server)
  const missingList = missing.map((server) => `${nameOf(server.serverId)} (${reason(server)})`).join(', ')
  const oldList = old
    .map((server) => `${nameOf(server.serverId)} (${oldReason(server)}; rows of ${localDateTime(server.readAt ?? '')})`)
    .join(', ')
  return [
    ...(missing.length === 0
      ? []
      : [`${servers.length - missing.length} of ${countText(servers.length, 'server')}; missing: ${missingList}`]),
    ...(old.length === 0 ? [] : [`Not current: ${oldList}`]),
    ...scopeTexts(servers, 'read', (ids) => ids.map(nameOf).join(', ')),
  ]
}
