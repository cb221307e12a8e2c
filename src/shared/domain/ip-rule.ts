import type { ApiRecord } from '../resources/nested'

/** An IP rule as it is compared with others: `expire_at` is RFC 3339 in UTC, and null where the rule does not end. */
export interface IpRule {
  readonly [field: string]: unknown
  readonly id: string
  readonly cidr: string
  /** `ACCEPT` or `DENY`; a newer PBX may know more. */
  readonly target: string
  readonly expire_at?: string | null
  readonly description?: string | null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The rule that a record of the list, or values of a form, stand for. */
export const ruleOf = (record: ApiRecord): IpRule => ({
  ...record,
  id: textOf(record['id']),
  cidr: textOf(record['cidr']),
  target: textOf(record['target']),
  expire_at: textOf(record['expire_at']) || null,
  description: textOf(record['description']) || null,
})
