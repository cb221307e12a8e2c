import type { ApiRecord } from '../resources/nested'

/** An IP rule for comparison; `expire_at` is RFC 3339 in UTC, or null if the rule does not expire. */
export interface IpRule {
  readonly [field: string]: unknown
  readonly id: string
  readonly cidr: string
  /** `ACCEPT` or `DENY`; a newer PBX may have others. */
  readonly target: string
  readonly expire_at?: string | null
  readonly description?: string | null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The rule in a list record or in form values. */
export const ruleOf = (record: ApiRecord): IpRule => ({
  ...record,
  id: textOf(record['id']),
  cidr: textOf(record['cidr']),
  target: textOf(record['target']),
  expire_at: textOf(record['expire_at']) || null,
  description: textOf(record['description']) || null,
})
