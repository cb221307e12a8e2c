import { apiTime } from '@shared/domain/real-date'
import { keptRules, rulesDaysAhead, type ExpiringRules } from '@shared/fleet/facts'
import { ipRule } from '@shared/resources/ip-rule'
import type { PbxReader } from '../../portsip/pbx-client'
import { listRecords } from '../../portsip/records'
import { toAppError } from '../../to-app-error'

const dayMs = 24 * 60 * 60_000

/**
 * The allow rules that expire soon, with one GET /ip_filters. SBC, IM and cluster servers depend on allow rules; the API
 * does not return which rules are theirs, so all are read. A failure is a problem of this fact, not an error.
 */
export async function readExpiringRules(client: PbxReader, now: number): Promise<ExpiringRules> {
  const at = (ms: number): string => new Date(ms).toISOString()
  const readAt = at(now)
  const failed = (problem: string): ExpiringRules => ({ readAt, count: 0, soonest: [], problem })
  const [from, to] = [at(now), at(now + rulesDaysAhead * dayMs)]
  const isMatch = (target: unknown, end: unknown): end is string =>
    target === 'ACCEPT' && typeof end === 'string' && apiTime(end) > now && apiTime(end) <= Date.parse(to)
  try {
    const { items, count } = await listRecords(client, ipRule, {
      filter: [
        { key: 'target', operator: 'eq', value: 'ACCEPT' },
        { key: 'expire_at', operator: 'gt', value: from },
        { key: 'expire_at', operator: 'le', value: to },
      ],
      sort: { key: 'expire_at', descending: false },
      offset: 0,
      limit: 100,
    })
    const soonest = items.flatMap(({ cidr, target, expire_at: expiresAt }) =>
      isMatch(target, expiresAt) ? [{ cidr: String(cidr), expiresAt }] : [],
    )
    if (soonest.length < items.length) return failed('The server did not filter its IP rules by expiration')
    const sorted = soonest.toSorted((a, b) => apiTime(a.expiresAt) - apiTime(b.expiresAt))
    const isSorted = sorted.every(({ expiresAt }, index) => expiresAt === soonest[index]?.expiresAt)
    if (!isSorted && count > items.length) return failed('The server did not sort its IP rules by expiration')
    return { readAt, count, soonest: sorted.slice(0, keptRules) }
  } catch (error) {
    return failed(toAppError(error).message)
  }
}
