import { printNumber } from '@shared/format/print-number'
import { cidrOf, overlaps, type Cidr } from '@shared/domain/cidr'
import { ruleOf, type IpRule } from '@shared/domain/ip-rule'
import { ipRule } from '@shared/resources/ip-rule'
import { incompleteOr } from '../../portsip/incomplete-list'
import { allOf, anyOf, isRefusedFilter } from '../../portsip/odata'
import { allRecords, recordsWhere } from '../../portsip/records'
import type { PbxReader } from '../../portsip/pbx-client'
import { overlapFilters, type AnyOf, type RuleTerm } from './overlap-filters'

/** A live check reads up to this many rules in a range, or of a PBX that does not filter by range. */
const readMax = 1000
const scanMax = 20_000

export interface Overlaps {
  readonly rules: readonly IpRule[]
  /** What was compared, where that was not all, though all allow rules were. */
  readonly note?: string
  /** Why allow rules may be missing among `rules`. */
  readonly incomplete?: string
}

const overlapping = (range: Cidr, rules: Iterable<IpRule>): readonly IpRule[] =>
  [...rules].filter((rule) => {
    const other = cidrOf(rule.cidr)
    return other !== undefined && overlaps(range, other)
  })

/** Reads the rules that one group of terms matches, up to `readMax`; returns whether that was all of them. */
async function readGroup(
  client: PbxReader,
  group: AnyOf,
  also: readonly RuleTerm[],
  into: Map<string, IpRule>,
  signal?: AbortSignal,
): Promise<boolean> {
  const where = also.length === 0 ? anyOf(group) : `(${anyOf(group)}) and ${allOf(also)}`
  const progress = { done: 0, total: 0 }
  const onProgress = (done: number, total: number): void => void Object.assign(progress, { done, total })
  for await (const rows of recordsWhere(client, ipRule, where, { onProgress, ...(signal && { signal }) })) {
    for (const row of rows) into.set(row.id, ruleOf(row))
    if (progress.done >= readMax) return progress.done >= progress.total
  }
  return true
}

const tooMany = `More than ${printNumber(readMax)} rules lie in this range; the first were compared.`

async function ask(client: PbxReader, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  const matching = new Map<string, IpRule>()
  const accepting = [{ key: 'target', operator: 'eq', value: 'ACCEPT' }] as const satisfies AnyOf
  let isComplete = true
  try {
    for (const group of overlapFilters(range)) {
      if (await readGroup(client, group, [], matching, signal)) continue
      // The allow rules decide whether a block rule is stopped: they are read separately.
      isComplete = false
      if (!(await readGroup(client, group, accepting, matching, signal)))
        return { rules: overlapping(range, matching.values()), incomplete: tooMany }
    }
  } catch (error) {
    return { rules: overlapping(range, matching.values()), incomplete: `${incompleteOr(error).detail.message}.` }
  }
  const rules = overlapping(range, matching.values())
  return isComplete ? { rules } : { rules, note: tooMany }
}

async function scan(client: PbxReader, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  const rules: IpRule[] = []
  const progress = { done: 0, total: 0 }
  const onProgress = (done: number, total: number): void => void Object.assign(progress, { done, total })
  try {
    for await (const page of allRecords(client, ipRule, {}, { onProgress, ...(signal && { signal }) })) {
      rules.push(...overlapping(range, page.map(ruleOf)))
      if (progress.done < scanMax || progress.done >= progress.total) continue
      return {
        rules,
        incomplete: `This PBX does not filter by range: the first ${printNumber(progress.done)} rules were compared.`,
      }
    }
  } catch (error) {
    return { rules, incomplete: `${incompleteOr(error).detail.message}.` }
  }
  return { rules }
}

/**
 * The rules that overlap a range (GET /ip_filters with filters; where the PBX refuses the filter, all rules up to a limit are read).
 */
export async function findOverlaps(client: PbxReader, range: Cidr, signal?: AbortSignal): Promise<Overlaps> {
  try {
    return await ask(client, range, signal)
  } catch (error) {
    if (!isRefusedFilter(error)) throw error
    return scan(client, range, signal)
  }
}
