import { apiTime } from '@shared/domain/real-date'
import { printNumber } from '@shared/format/print-number'
import { asIpv4, cidrOf, comparedCidr, contains, meets, type Cidr } from '@shared/domain/cidr'
import type { IpRule } from '@shared/domain/ip-rule'
import type { Guard } from '@shared/domain/write'

/** Addresses that a rule must not lock out, as text; what cannot be read as an address is left out. */
export interface ProtectedAddresses {
  readonly own: readonly string[]
  readonly pbx: readonly string[]
  /** Whether the PBX may see this computer under an address that is not among `own`. */
  readonly behindRouter: boolean
}

const named = 5

const list = (texts: readonly string[]): string =>
  texts.length <= named ? texts.join(', ') : `${texts.slice(0, named).join(', ')} and ${texts.length - named} more`

const covered = (range: Cidr, addresses: readonly string[]): readonly string[] =>
  [...new Set(addresses)].filter((address) => {
    const one = cidrOf(address)
    return one !== undefined && contains(range, one)
  })

/** Whether a rule still counts; one that ended protects and blocks nothing. */
export const isActive = (rule: Pick<IpRule, 'expire_at'>, now: number): boolean => {
  const end = rule.expire_at ? apiTime(rule.expire_at) : NaN
  return Number.isNaN(end) || end > now
}

/** The harm that a DENY of `range` would do. `overlapping` are the rules that overlap it, without the one being edited. */
export function denyGuards(
  range: Cidr,
  protectedAddresses: Pick<ProtectedAddresses, 'own' | 'pbx'>,
  overlapping: readonly IpRule[],
  now: number,
): readonly Guard[] {
  const guards: Guard[] = []
  const compared = asIpv4(range)
  const own = covered(compared, protectedAddresses.own)
  if (own.length > 0)
    guards.push({
      kind: 'own-address',
      message: `${range.text} contains this computer’s own address (${list(own)}): you would lose access to the PBX.`,
      addresses: own,
    })
  const pbx = covered(compared, protectedAddresses.pbx)
  if (pbx.length > 0)
    guards.push({
      kind: 'pbx-address',
      message: `${range.text} contains an address of the PBX itself (${list(pbx)}): its own services could not reach each other.`,
      addresses: pbx,
    })
  const accepted = overlapping
    .filter((rule) => rule.target === 'ACCEPT' && isActive(rule, now))
    .filter((rule) => {
      const other = comparedCidr(rule.cidr)
      return other !== undefined && meets(compared, other)
    })
    .map((rule) => rule.cidr)
  if (accepted.length > 0)
    guards.push({
      kind: 'accepted-address',
      message: `${range.text} overlaps what an allow rule protects (${list(accepted)}). PortSIP does not document which rule takes precedence.`,
      addresses: accepted,
    })
  return guards
}

/** What is lost when these rules go: an SBC or IM server that no allow rule covers is rate-limited. */
export function removalGuards(rules: readonly IpRule[], now: number): readonly Guard[] {
  const accepting = rules.filter((rule) => rule.target === 'ACCEPT' && isActive(rule, now)).map((rule) => rule.cidr)
  if (accepting.length === 0) return []
  const what =
    accepting.length === 1 ? 'An allow rule is removed' : `${printNumber(accepting.length)} allow rules are removed`
  return [
    {
      kind: 'removes-accept',
      message: `${what} (${list(accepting)}). An SBC, IM or cluster server that no allow rule covers is rate-limited by the PBX and may stop working.`,
      addresses: accepting.slice(0, 100),
    },
  ]
}

const endOf = (rule: Pick<IpRule, 'expire_at'>): number => {
  const end = rule.expire_at ? apiTime(rule.expire_at) : NaN
  return Number.isNaN(end) ? Infinity : end
}

/** An edit takes protection away when an ACCEPT rule becomes a DENY, covers less, or ends earlier. */
export function editGuards(before: IpRule, after: IpRule, now: number): readonly Guard[] {
  if (before.target !== 'ACCEPT' || !isActive(before, now)) return []
  const old = cidrOf(before.cidr)
  const next = cidrOf(after.cidr)
  const covers = old !== undefined && next !== undefined && contains(next, old)
  if (after.target === 'ACCEPT' && covers && endOf(after) >= endOf(before)) return []
  const how =
    after.target !== 'ACCEPT'
      ? 'no longer allows the range'
      : covers
        ? 'expires earlier than before'
        : 'covers less than before'
  return [
    {
      kind: 'removes-accept',
      message: `The allow rule ${before.cidr} ${how}. An SBC, IM or cluster server that no allow rule covers is rate-limited by the PBX and may stop working.`,
      addresses: [before.cidr],
    },
  ]
}
