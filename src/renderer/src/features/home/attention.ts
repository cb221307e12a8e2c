import { countText } from '@shared/format/count-text'
import type { ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { health, type Health } from '@/composables/health'
import { sinceText } from '@shared/format/time'
import { warningsOf } from '@/composables/warnings'

export interface ServerAtAGlance {
  readonly server: ServerRecord
  readonly session: SessionState
  readonly health: Health
  readonly warnings: readonly string[]
}

/** The servers in groups, each in one only. `unchecked` servers were not contacted, or not since their sign-out. */
export interface Glance {
  readonly attention: readonly ServerAtAGlance[]
  readonly fine: readonly ServerAtAGlance[]
  readonly connecting: readonly ServerAtAGlance[]
  readonly unchecked: readonly ServerAtAGlance[]
  /** Those of `fine` whose limits and expirations could not be read. */
  readonly partly: readonly ServerAtAGlance[]
}

export function glance(servers: readonly ServerRecord[], stateOf: (id: string) => SessionState, now: number): Glance {
  const all = servers.map((server) => {
    const session = stateOf(server.id)
    return { server, session, health: health(session), warnings: warningsOf(session, server, now) }
  })
  const isBad = ({ health: { tone }, warnings }: ServerAtAGlance) =>
    tone === 'bad' || tone === 'ask' || warnings.length > 0
  const fine = all.filter((row) => row.health.tone === 'ok' && !isBad(row))
  return {
    attention: all.filter(isBad),
    fine,
    connecting: all.filter(({ health: { tone } }) => tone === 'busy'),
    unchecked: all.filter(({ health: { tone } }) => tone === 'off'),
    partly: fine.filter(({ session }) => session.facts === undefined),
  }
}

const servers = (count: number): string => countText(count, 'server')

/** The text of an empty "Needs attention": all clear only if every server was checked, with the time. */
export function noAttentionText({ fine, connecting, unchecked, partly }: Glance, now: number): string {
  const open = [
    connecting.length > 0 && `${servers(connecting.length)} connecting`,
    unchecked.length > 0 && `${servers(unchecked.length)} not checked`,
    partly.length > 0 && `limits and expiration dates of ${servers(partly.length)} not read`,
  ].filter((text) => text !== false)
  if (fine.length === 0) return `No server has been checked: ${open.join(', ')}.`
  const oldest = fine.map(({ session }) => session.lastSeen ?? '').sort()[0] ?? ''
  const when = `checked ${fine.length === 1 ? 'at' : 'since'} ${sinceText(oldest, now)}`
  if (open.length === 0) return `No server needs attention (${when}).`
  return `None of ${servers(fine.length)} ${when} needs attention. Unknown: ${open.join(', ')}.`
}
