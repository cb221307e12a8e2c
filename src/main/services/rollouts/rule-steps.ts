import { cidrOf, type Cidr } from '@shared/domain/cidr'
import { ruleOf, type IpRule } from '@shared/domain/ip-rule'
import type { PlanStep } from '@shared/domain/plan'
import type { RecordValues } from '@shared/domain/record'
import type { RuleRequest } from '@shared/domain/rollout'
import { localDateTime } from '@shared/format/time'
import { ipRule } from '@shared/resources/ip-rule'
import type { ListedRecord } from '../../portsip/records'
import { coveringTexts } from '../ip-rules/overlap-filters'
import { describedValues, identityOf } from '../records/write-record'

const actionNames = { DENY: 'block', ACCEPT: 'allow' } as const

const endOf = (time: string | null | undefined): number => (time ? Date.parse(time) : Infinity)

interface KnownRule {
  readonly record: ListedRecord
  readonly rule: IpRule
}

/** The rules of a server by their normalized range. */
type KnownRules = ReadonlyMap<string, readonly KnownRule[]>

function rulesByRange(records: readonly ListedRecord[], { action }: RuleRequest): KnownRules {
  const rules = new Map<string, KnownRule[]>()
  for (const record of records) {
    const rule = ruleOf(record)
    const text = cidrOf(rule.cidr)?.text
    if (text === undefined || rule.target !== action) continue
    rules.set(text, [...(rules.get(text) ?? []), { record, rule }])
  }
  return rules
}

/** A rule that has the same effect on the whole range for at least as long, so it has not expired. */
function coveringRule(range: Cidr, rules: KnownRules, end: number): IpRule | undefined {
  for (const text of coveringTexts(range))
    for (const { rule } of rules.get(text) ?? []) if (endOf(rule.expire_at) >= end) return rule
  return undefined
}

const coveredText = ({ cidr, target, expire_at: end }: IpRule): string =>
  `Covered by the ${actionNames[target as RuleRequest['action']]} rule ${cidr}, which ${
    end ? `expires ${localDateTime(end)}` : 'does not expire'
  }`

/** The longest of several rules for the same range. */
const longest = (rules: readonly KnownRule[]): KnownRule | undefined =>
  rules.toSorted((a, b) => endOf(b.rule.expire_at) - endOf(a.rule.expire_at))[0]

type StepWrite = Pick<PlanStep, 'write' | 'settled'>

/**
 * The steps by which a server with these rules gets the requested ones. A range that a rule covers at least as long is
 * settled; a rule for the same range that ends earlier is extended.
 */
export function ruleSteps(request: RuleRequest, records: readonly ListedRecord[]): readonly PlanStep[] {
  const { action, ranges, expiresAt, description } = request
  const end = endOf(expiresAt)
  const rules = rulesByRange(records, request)
  const stepFor = (text: string): StepWrite => {
    const range = cidrOf(text)
    if (range === undefined) throw new Error(`${text} is no range`)
    const changes: RecordValues = { cidr: range.text, target: action, expire_at: expiresAt, description }
    const create = { kind: 'create', operation: 'POST /ip_filters', resource: 'ip-rules', before: {}, changes } as const
    const identity = identityOf(ipRule, changes)
    const covering = coveringRule(range, rules, end)
    if (covering !== undefined)
      return {
        write: { ...create, identity },
        settled: { outcome: 'alreadyInPlace', reason: coveredText(covering) },
      }
    const same = longest(rules.get(range.text) ?? [])
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
