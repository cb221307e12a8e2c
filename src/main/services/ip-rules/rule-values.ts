import { parseCidr } from '@shared/domain/cidr'
import type { IpRule, IpRuleInput } from '@shared/domain/ip-rule'
import type { WriteOutcome } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'

export const inputKeys = ['cidr', 'target', 'expire_at', 'description'] as const
type InputKey = (typeof inputKeys)[number]
type Values = Partial<Record<InputKey, string | null | undefined>>

/** The value as it is compared: two texts of the same range, of the same instant, or two ways to be blank are equal. */
function comparable(key: InputKey, value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return ''
  if (key === 'cidr') {
    const parsed = parseCidr(value)
    return parsed.ok ? parsed.cidr.text : value
  }
  if (key === 'expire_at') {
    const at = Date.parse(value)
    return Number.isNaN(at) ? value : String(Math.floor(at / 1000))
  }
  return value
}

/** Keys of `a` whose value in `b` is another one. */
export const changedKeys = (a: Values, b: Values): readonly InputKey[] =>
  inputKeys.filter((key) => a[key] !== undefined && comparable(key, a[key]) !== comparable(key, b[key]))

/** What a rule on the server holds, in the words of the form. */
export const inputOf = (rule: IpRule): IpRuleInput => ({
  cidr: rule.cidr,
  target: rule.target,
  expire_at: rule.expire_at ?? null,
  description: rule.description ?? '',
})

/** The input with its range in canonical text; a range that cannot be read is an error of that field. */
export function normalised<T extends Partial<IpRuleInput>>(input: T): T {
  if (input.cidr === undefined) return input
  const parsed = parseCidr(input.cidr)
  if (parsed.ok) return { ...input, cidr: parsed.cidr.text }
  throw new FleetError({
    code: 'rejected',
    message: 'The address range cannot be read',
    fields: [{ path: 'cidr', message: parsed.message }],
  })
}

/** Compares what was sent with what the server holds now. */
export const outcome = (sent: Partial<IpRuleInput>, after: IpRule): WriteOutcome<IpRule> => ({
  after,
  differences: changedKeys(sent, after).map((key) => ({ key, sent: sent[key] ?? '', found: after[key] ?? '' })),
})
