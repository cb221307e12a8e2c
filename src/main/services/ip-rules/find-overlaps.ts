import { overlaps, type Cidr } from '@shared/domain/cidr'
import { ruleOf, type IpRule } from '@shared/domain/ip-rule'
import { maxTop, type FilterTerm } from '@shared/domain/page'
import { ipRule } from '@shared/resources/ip-rule'
import { allOf, anyOf, isRefusedFilter } from '../../portsip/odata'
import { allRecords, recordsWhere } from '../../portsip/records'
import type { PbxClient } from '../../portsip/pbx-client'
import { cidrOf } from './guards'
import { overlapFilters, type AnyOf } from './overlap-filters'

/** A live check reads at most so many rules; what was left out is said. */
const readMax = 1000
const scanMax = 20_000

export interface Overlaps {
  readonly rules: readonly IpRule[]
  /** What was looked at, where that was not all. */
  readonly note?: string
}

const overlapping = (range: Cidr, rules: Iterable<IpRule>): readonly IpRule[] =>
  [...rules].filter((rule) => {
    const other = cidrOf(rule.cidr)
    return other !== undefined && overlaps(range, other)
  })

/** Reads the rules that one group of terms finds, up to `readMax`; answers whether that was all of them. */
async function readGroup(
  client: PbxClient,
  group: AnyOf,
  also: readonly FilterTerm[],
  into: Map<string, IpRule>,
  signal?: AbortSignal,
): Promise<boolean> {
  const filter = also.length === 0 ? anyOf(group) : `(${anyOf(group)}) and ${allOf(also)}`
  for (let skip = 0; skip < readMax; skip += maxTop) {
    const page = await recordsWhere(client, ipRule, filter, skip, signal)
    for (const row of page.items) into.set(row.id, ruleOf(row))
    if (page.items.length === 0 || skip + page.items.length >= page.count) return true
  }
  return false
}

async function ask(client: PbxClient, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  const found = new Map<string, IpRule>()
  const accepting = [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] as const
  let complete = true
  for (const group of overlapFilters(range)) {
    if (await readGroup(client, group, [], found, signal)) continue
    // The accepted ranges decide whether a DENY is stopped: those are asked for by themselves.
    const acceptedAll = await readGroup(client, group, accepting, found, signal)
    complete = false
    if (!acceptedAll) break
  }
  const rules = overlapping(range, found.values())
  if (complete) return { rules }
  return { rules, note: `More than ${readMax.toLocaleString('en')} rules lie in this range; the first were compared.` }
}

async function scan(client: PbxClient, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  const found: IpRule[] = []
  let read = 0
  for await (const rows of allRecords(client, ipRule, {}, signal ? { signal } : {})) {
    read += rows.length
    found.push(...overlapping(range, rows.map(ruleOf)))
    if (read < scanMax) continue
    const note = `This PBX does not filter by range: the first ${read.toLocaleString('en')} rules were compared.`
    return { rules: found, note }
  }
  return { rules: found }
}

/**
 * The rules that overlap a range (GET /ip_filters with filters; where the PBX refuses the filter, all rules up to a limit are read).
 */
export async function findOverlaps(client: PbxClient, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  try {
    return await ask(client, range, signal)
  } catch (error) {
    if (!isRefusedFilter(error)) throw error
    return scan(client, range, signal)
  }
}
