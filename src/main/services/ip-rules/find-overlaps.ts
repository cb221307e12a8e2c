import { overlaps, type Cidr } from '@shared/domain/cidr'
import { ipRuleSchema, type IpRule } from '@shared/domain/ip-rule'
import { maxTop, type FilterTerm } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import { allIpRules } from '../../portsip/ip-filters'
import { allOf, anyOf } from '../../portsip/odata'
import { pageSchema } from '../../portsip/paging'
import type { PbxClient } from '../../portsip/pbx-client'
import { cidrOf } from './guards'
import { overlapFilters, type AnyOf } from './overlap-filters'

/** A live check reads at most so many rules; what was left out is said. */
const readMax = 1000
const scanMax = 20_000

export interface Overlaps {
  readonly rules: readonly IpRule[]
  readonly complete: boolean
  readonly note?: string
}

const rulePage = pageSchema(ipRuleSchema)

const overlapping = (range: Cidr, rules: Iterable<IpRule>): readonly IpRule[] =>
  [...rules].filter((rule) => {
    const other = cidrOf(rule.cidr)
    return other !== undefined && overlaps(range, other)
  })

const isRefusedFilter = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.status === 400 || error.detail.status === 501)

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
    const page = await client.request({
      operation: 'GET /ip_filters',
      method: 'GET',
      path: '/ip_filters',
      query: { filter, top: maxTop, ...(skip > 0 && { skip }) },
      schema: rulePage,
      ...(signal && { signal }),
    })
    for (const rule of page.items) into.set(rule.id, rule)
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
  return complete
    ? { rules, complete }
    : {
        rules,
        complete,
        note: `More than ${readMax.toLocaleString('en')} rules lie in this range; the first were compared.`,
      }
}

async function scan(client: PbxClient, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  const found: IpRule[] = []
  let read = 0
  for await (const rules of allIpRules(client, {}, signal ? { signal } : {})) {
    read += rules.length
    found.push(...overlapping(range, rules))
    if (read < scanMax) continue
    const note = `This PBX does not filter by range: the first ${read.toLocaleString('en')} rules were compared.`
    return { rules: found, complete: false, note }
  }
  return { rules: found, complete: true }
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
