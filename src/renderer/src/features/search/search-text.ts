import {
  listPhase,
  type AddressAnswer,
  type AddressEffect,
  type MatchingRule,
  type SearchedServer,
} from '@shared/fleet/search'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { ago } from '@shared/format/age'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import { localDateTime } from '@shared/format/time'
import { listIds } from '@shared/resources/ids'
import { ipRule } from '@shared/resources/ip-rule'
import { exportedOf } from '@shared/resources/exported'
import { valueText } from '@shared/resources/value-text'
import type { MergedSummary } from '@/features/merged/merged-text'
import type { IconName } from '@/components/icons'
import type { SelectedHits, SharedRule } from './selected-hits'

export const searchIcons: { readonly [resource in MergedId]?: IconName } = {
  tenants: 'fleet',
  dealers: 'archive',
  'ip-rules': 'shield',
  transports: 'route',
  'trunk-assignments': 'plug',
}

/** What the rules of a server do to the address that was searched for. */
const effectTexts: Readonly<Record<AddressEffect, string>> = {
  blocked: 'Blocked',
  allowed: 'Allowed',
  undetermined: 'Block and allow rules match',
  none: 'No rule',
  partly: 'Rules for a part of the range',
  unknown: 'Not clear',
}

/** The same for one server, of whose rules some may have expired. */
export const effectText = ({ effect, rules }: AddressAnswer): string =>
  effect === 'none' && rules.length > 0 ? 'Expired rules only' : effectTexts[effect]

/** How many answers are from rows that were not read now; empty if all were. */
export function ageText(answers: readonly AddressAnswer[], old: ReadonlySet<ServerId>, now: number): string {
  const times = answers.flatMap(({ serverId, readAt }) => (old.has(serverId) ? [readAt] : [])).sort()
  const [oldest] = times
  if (oldest === undefined) return ''
  const whose = times.length === answers.length ? 'All of these' : `Of these, ${printNumber(times.length)}`
  if (answers.length === 1) return `This answer is from earlier rows, read ${ago(oldest, now)}.`
  return `${whose} ${times.length === 1 ? 'is' : 'are'} from earlier rows, the oldest ${ago(oldest, now)}.`
}

/** Why an effect is not more certain than that. */
export const effectHints: { readonly [effect in AddressEffect]?: string } = {
  allowed: 'Skips the anti-hacking checks',
  undetermined: 'PortSIP does not document which rule takes precedence',
  none: 'Automatic blocking by the PBX is not part of its rules',
  unknown: 'The range of some rules could not be read',
}

const mappedHint = 'A rule for IPv4-mapped addresses (::ffff:…) may not match IPv4 traffic'

/** Why the effect on one server is not more certain than that. */
export const effectHint = ({ effect, unreadable }: AddressAnswer): string | undefined =>
  effect === 'unknown' && unreadable === 0 ? mappedHint : effectHints[effect]

const targetField = ipRule.fields.find(({ key }) => key === 'target')

/** Why the selected results cannot be changed together; empty if they can, or nothing is selected. */
export function notTogetherText({ resource, records }: SelectedHits): string {
  if (records.length === 0) return ''
  if (resource === undefined) return 'Select results of one kind'
  if (listIds.some((id) => id === resource)) return ''
  const { label } = exportedOf(resource)
  return `${label} are changed on their server`
}

/** `Block 203.0.113.0/24`. */
export const sharedRuleText = ({ cidr, target }: Pick<SharedRule, 'cidr' | 'target'>): string =>
  `${targetField === undefined ? target : valueText(targetField, target)} ${cidr}`

/** `Block 203.0.113.0/24, expires 24 Nov 2026, 15:30`. */
export function matchingRuleText({ cidr, target, expiresAt, hasExpired }: MatchingRule): string {
  const end =
    expiresAt === null ? ', never expires' : `, ${hasExpired ? 'expired' : 'expires'} ${localDateTime(expiresAt)}`
  return `${sharedRuleText({ cidr, target })}${end}`
}

/** The most specific rule that counts, and how many others match. */
export function rulesText({ rules, unreadable }: AddressAnswer): string {
  const [first] = rules
  if (first === undefined)
    return unreadable === 0 ? '' : `${countText(unreadable, 'rule')} with a range that cannot be read`
  const more = rules.length === 1 ? '' : ` and ${countText(rules.length - 1, 'other rule')}`
  return `${matchingRuleText(first)}${more}`
}

/** Where no record was found: on servers that were read, in the lists that could be read, and in earlier rows. */
export function notFoundText(
  { read, partly, old }: Pick<MergedSummary, 'read' | 'partly' | 'old'>,
  servers: number,
): string {
  const places = [
    ...(read > 0 || partly + old === 0 ? [`on ${countText(read, 'server')}`] : []),
    ...(partly > 0 ? [`in the readable lists of ${countText(partly, 'server')}`] : []),
    ...(old > 0 ? [`in earlier rows of ${countText(old, 'server')}`] : []),
  ]
  const missing = servers - read - partly - old
  return `No records found ${places.join(', ').replace(/, (?=[^,]*$)/, ' and ')}${missing > 0 ? `. ${countText(missing, 'server')} not searched` : ''}`
}

/** What was found although no record was: `Found below: 2 changes in the journal, 1 export`; empty if nothing was. */
export function foundBelowText({ changes, exports }: { readonly changes: number; readonly exports: number }): string {
  const found = [
    ...(changes > 0 ? [`${countText(changes, 'change')} in the journal`] : []),
    ...(exports > 0 ? [countText(exports, 'export')] : []),
  ]
  return found.length === 0 ? '' : `Found below: ${found.join(', ')}`
}

/** Worst first: what a technician looks for is who is blocked. */
const order: readonly AddressEffect[] = ['blocked', 'undetermined', 'partly', 'unknown', 'allowed', 'none']

export const byEffect = (answers: readonly AddressAnswer[]): readonly AddressAnswer[] =>
  [...answers].sort((a, b) => order.indexOf(a.effect) - order.indexOf(b.effect))

/** Servers of whose rules nothing is known, and those of them whose account may not read rules. */
function unanswered(answers: readonly AddressAnswer[], servers: readonly SearchedServer[]) {
  const answered = new Set(answers.map(({ serverId }) => serverId))
  const missing = servers.filter(({ serverId }) => !answered.has(serverId))
  const noPermission = missing.filter((server) => listPhase(server, 'ip-rules') === 'no-permission')
  return { notRead: missing.length - noPermission.length, noPermission: noPermission.length }
}

/** `Blocked on 2 of 31 servers, allowed on 4, no rule on 25; 9 not read, no permission on 1`. */
export function effectsText(answers: readonly AddressAnswer[], servers: readonly SearchedServer[]): string {
  const { notRead, noPermission } = unanswered(answers, servers)
  if (answers.length === 0) {
    const reasons = [
      ...(noPermission > 0 ? [`no permission on ${countText(noPermission, 'server')}`] : []),
      ...(notRead > 0 ? [`${countText(notRead, 'server')} not read`] : []),
    ]
    return `No IP rules were searched${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`
  }
  const count = (...effects: readonly AddressEffect[]): number =>
    answers.filter(({ effect }) => effects.includes(effect)).length
  const unclear = count('undetermined', 'partly', 'unknown')
  const missing = [
    ...(notRead > 0 ? [`${printNumber(notRead)} not read`] : []),
    ...(noPermission > 0 ? [`no permission on ${printNumber(noPermission)}`] : []),
  ]
  const parts = [
    `Blocked on ${printNumber(count('blocked'))} of ${countText(answers.length, 'server')}`,
    `allowed on ${printNumber(count('allowed'))}`,
    ...(unclear > 0 ? [`not clear on ${printNumber(unclear)}`] : []),
    `no rule on ${printNumber(count('none'))}`,
  ]
  return [parts.join(', '), missing.join(', ')].filter(Boolean).join('; ')
}
