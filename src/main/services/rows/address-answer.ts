import { contains, meets, meetsAll, size, type Cidr } from '@shared/domain/cidr'
import type { AddressAnswer, AddressEffect, MatchingRule } from '@shared/fleet/search'
import { plainText } from '@shared/text/plain-text'
import { isActive } from '../ip-rules/guards'
import type { StoredList } from './row-store'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'
import { rangeOfRule } from './value-finder'

interface Matching extends MatchingRule {
  readonly range: Cidr
  /** It matches only if the PBX takes IPv4-mapped addresses for IPv4, or does not. */
  readonly isDoubtful: boolean
}

function ruleOf(row: StoredRow, range: Cidr, wanted: Cidr, now: number): Matching {
  const { places } = storedFields('ip-rules')
  const cell = (key: string): string => plainText(row.cells[places.get(key) ?? -1])
  const expiresAt = cell('expire_at') || null
  const cidr = cell('cidr')
  return {
    record: row.id,
    cidr,
    target: cell('target'),
    expiresAt,
    hasExpired: !isActive({ expire_at: expiresAt }, now),
    range,
    isDoubtful: range.mapped !== undefined || (wanted.mapped !== undefined && range.family === 'ipv6'),
  }
}

/** Whether ranges that overlap another one have all of its addresses together: two of them are nested or disjoint. */
function cover(ranges: readonly Cidr[], wanted: Cidr): boolean {
  if (ranges.some((range) => meetsAll(range, wanted))) return true
  const inFamily = ranges.map((range) => (wanted.family === 'ipv6' ? (range.mapped ?? range) : range))
  const different = [...new Map(inFamily.map((range) => [range.text, range])).values()]
  const outermost = different.filter((range) => !different.some((other) => other !== range && contains(other, range)))
  return outermost.reduce((sum, range) => sum + size(range), 0n) === size(wanted)
}

/** What rules do to all addresses of a range, if each of them applies. */
function effectIf(active: readonly Matching[], unreadable: number, wanted: Cidr): AddressEffect {
  if (active.length === 0) return unreadable > 0 ? 'unknown' : 'none'
  const targets = new Set(active.map(({ target }) => target))
  if (targets.size > 1) return 'undetermined'
  // A rule for a part of the range says nothing about the rest of it.
  if (
    !cover(
      active.map(({ range }) => range),
      wanted,
    )
  )
    return 'partly'
  if (targets.has('DENY')) return 'blocked'
  return targets.has('ACCEPT') ? 'allowed' : 'undetermined'
}

/** What rules that have not expired do to all addresses of a range. Unknown if it depends on rules that may not apply. */
function effectOf(rules: readonly Matching[], unreadable: number, wanted: Cidr): AddressEffect {
  const active = rules.filter(({ hasExpired }) => !hasExpired)
  const effect = effectIf(active, unreadable, wanted)
  const certain = active.filter(({ isDoubtful }) => !isDoubtful)
  return effect === effectIf(certain, unreadable, wanted) ? effect : 'unknown'
}

/** The rules of a list that match an address or range, and what they do; the most specific one first. */
export function addressAnswer(list: StoredList, serverName: string, wanted: Cidr, now: number): AddressAnswer {
  let unreadable = 0
  const rules = list.rows
    .flatMap((row) => {
      const range = rangeOfRule(row)
      if (range === undefined) unreadable += 1
      return range !== undefined && meets(range, wanted) ? [ruleOf(row, range, wanted, now)] : []
    })
    .sort(
      (a, b) =>
        Number(a.hasExpired) - Number(b.hasExpired) ||
        b.range.prefix - a.range.prefix ||
        (a.cidr === b.cidr ? (a.record < b.record ? -1 : 1) : a.cidr < b.cidr ? -1 : 1),
    )
  return {
    serverId: list.serverId,
    serverName,
    readAt: list.readAt,
    effect: effectOf(rules, unreadable, wanted),
    unreadable,
    rules: rules.map(({ range: _range, isDoubtful: _isDoubtful, ...rule }) => rule),
  }
}
