import type { TermOf } from '@shared/domain/page'
import type { ipRule } from '@shared/resources/ip-rule'
import type { FieldKey } from '@shared/resources/resource'
import { toUtc } from '@/components/form/local-time'

type RuleTerm = TermOf<FieldKey<typeof ipRule>>

/** The filters of the list; an empty text does not filter. */
export interface RuleFilters {
  readonly action: '' | 'DENY' | 'ACCEPT'
  readonly ends: '' | 'within-7' | 'within-30' | 'ended'
  readonly family: '' | 'ipv4' | 'ipv6'
}

export const noFilters: RuleFilters = { action: '', ends: '', family: '' }

const day = 86_400_000

function endTerms(ends: RuleFilters['ends'], now: number): readonly RuleTerm[] {
  const at = (time: number): string => toUtc(new Date(time))
  if (ends === '') return []
  if (ends === 'ended') return [{ key: 'expire_at', operator: 'le', value: at(now) }]
  const days = ends === 'within-7' ? 7 : 30
  return [
    { key: 'expire_at', operator: 'gt', value: at(now) },
    { key: 'expire_at', operator: 'le', value: at(now + days * day) },
  ]
}

export function filterTerms(filters: RuleFilters, now: number): readonly RuleTerm[] {
  const action: readonly RuleTerm[] =
    filters.action === '' ? [] : [{ key: 'target', operator: 'eq', value: filters.action }]
  // Only IPv6 ranges contain a colon. One with an embedded IPv4 address also has dots and is listed under both.
  const family: readonly RuleTerm[] =
    filters.family === '' ? [] : [{ key: 'cidr', operator: 'contains', value: filters.family === 'ipv6' ? ':' : '.' }]
  return [...action, ...endTerms(filters.ends, now), ...family]
}
