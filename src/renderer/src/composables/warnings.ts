import { printNumber } from '@shared/format/print-number'
import type { ServerRecord } from '@shared/domain/server'
import type { Usage } from '@shared/domain/server-facts'
import type { SessionState } from '@shared/domain/session'
import { daysUntil } from '@shared/format/age'
import { localDate } from '@shared/format/time'

const nearLimit = 0.9
/** Days before an expiration at which its warning begins. */
const endsSoon = 30

function limitText(label: string, { used, limit }: Usage): string | undefined {
  if (used === undefined || limit === undefined || limit <= 0 || used / limit < nearLimit) return undefined
  return `${label}: ${printNumber(used)} of ${printNumber(limit)}`
}

function endText(label: string, end: string | undefined, now: number): string | undefined {
  const days = daysUntil(end, now)
  if (days === undefined || days > endsSoon) return undefined
  return `${label} ${days < 0 ? 'expired' : 'expires'} ${localDate(end)}`
}

/** Limits nearly reached and expirations nearby, from the values last read while signed in. */
export function warningsOf(
  { phase, facts }: SessionState,
  { pin }: Pick<ServerRecord, 'pin'>,
  now: number,
): readonly string[] {
  if (phase !== 'signed-in') return []
  return [
    limitText('Users', facts?.users ?? {}),
    limitText('Current calls', facts?.calls ?? {}),
    limitText('Tenants', facts?.tenants ?? {}),
    endText('Maintenance', facts?.maintenanceExpiresAt, now),
    endText('Certificate', pin?.validTo, now),
  ].filter((text) => text !== undefined)
}
