import { apiTime } from '@shared/domain/real-date'
import { cidrOf, networkKey, type Cidr } from '@shared/domain/cidr'
import { ruleOf, type IpRule } from '@shared/domain/ip-rule'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { RuleRequest } from '@shared/domain/rollout'
import { localDateTime } from '@shared/format/time'
import { ipRule } from '@shared/resources/ip-rule'
import type { ListedRecord } from '../../../portsip/records'
import { isActive } from '../../ip-rules/guards'
import { RangeIndex } from '../../lists/range-index'
import { describedValues, identityOf } from '../../records/write-record'

const actionNames = { DENY: 'block', ACCEPT: 'allow' } as const

const endOf = (time: string | null | undefined): number => (time ? apiTime(time) : Infinity)

interface KnownRule {
  readonly record: ListedRecord
  readonly rule: IpRule
}

/** The rules of a server with the requested action, found by their network. */
class KnownRules {
  private readonly byNetwork = new Map<string, KnownRule[]>()
  /** A server has few different prefix lengths, so that many ranges are compared with many rules quickly. */
  private readonly prefixes = new Set<number>()

  constructor(records: readonly ListedRecord[], action: string) {
    for (const record of records) {
      const rule = ruleOf(record)
      const range = cidrOf(rule.cidr)
      if (range === undefined || rule.target !== action) continue
      const key = networkKey(range, range.prefix)
      this.byNetwork.set(key, [...(this.byNetwork.get(key) ?? []), { record, rule }])
      this.prefixes.add(range.prefix)
    }
  }

  same(range: Cidr): readonly KnownRule[] {
    return this.byNetwork.get(networkKey(range, range.prefix)) ?? []
  }

  /** A rule that has the same effect on the whole range for at least as long, so it has not expired. */
  covering(range: Cidr, end: number): IpRule | undefined {
    for (const prefix of this.prefixes) {
      if (prefix > range.prefix) continue
      const rules = this.byNetwork.get(networkKey(range, prefix)) ?? []
      const found = rules.find(({ rule }) => endOf(rule.expire_at) >= end)
      if (found !== undefined) return found.rule
    }
    return undefined
  }
}

const coveredText = ({ cidr, target, expire_at: end }: IpRule): string =>
  `Covered by the ${actionNames[target as RuleRequest['action']]} rule ${cidr}, which ${
    end ? `expires ${localDateTime(end)}` : 'does not expire'
  }`

/** The longest of several rules for the same range. */
const longest = (rules: readonly KnownRule[]): KnownRule | undefined =>
  rules.toSorted((a, b) => endOf(b.rule.expire_at) - endOf(a.rule.expire_at))[0]

/** Rules that block addresses that are to be allowed; the safety checks cover the opposite. */
export function blockingRules(
  { action, ranges }: RuleRequest,
  records: readonly ListedRecord[],
  now: number,
): readonly IpRule[] {
  if (action !== 'ACCEPT') return []
  const requested = new RangeIndex(ranges)
  const isMet = (rule: IpRule): boolean => rule.target === 'DENY' && requested.meets(rule.cidr)
  return records.map(ruleOf).filter((rule) => isMet(rule) && isActive(rule, now))
}

type StepWrite = Pick<PlanStep, 'write' | 'settled'>

/**
 * The steps by which a server with these rules gets the requested ones. A range that a rule covers at least as long is
 * settled; a rule for the same range that ends earlier is extended.
 */
export function ruleSteps(request: RuleRequest, records: readonly ListedRecord[]): readonly PlanStep[] {
  const { action, ranges, expiresAt, description } = request
  const end = endOf(expiresAt)
  const rules = new KnownRules(records, action)
  const stepFor = (text: string): StepWrite => {
    const range = cidrOf(text)
    if (range === undefined) throw new Error(`${text} is no range`)
    const changes: RecordValues = { cidr: range.text, target: action, expire_at: expiresAt, description }
    const create = { kind: 'create', operation: 'POST /ip_filters', resource: 'ip-rules', before: {}, changes } as const
    const identity = identityOf(ipRule, changes)
    const covering = rules.covering(range, end)
    if (covering !== undefined)
      return {
        write: { ...create, identity },
        settled: { outcome: 'alreadyInPlace', reason: coveredText(covering) },
      }
    const same = longest(rules.same(range))
    if (same === undefined) return { write: { ...create, identity } }
    return {
      write: {
        ...{ kind: 'change', operation: 'POST /ip_filters/{id}', resource: 'ip-rules', identity },
        ...{ id: same.record.id, before: describedValues(ipRule, same.record), changes: { expire_at: expiresAt } },
      },
    }
  }
  return ranges.map((text, index) => ({ kind: 'step', n: index + 1, ...stepFor(text) }))
}
