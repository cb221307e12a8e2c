import { comparedCidr, meets, type Cidr } from '@shared/domain/cidr'
import type { ListQuery } from '@shared/domain/page'
import { ipRule } from '@shared/resources/ip-rule'
import { fieldOrder } from '@shared/rows/field-order'
import { selectRows } from '@shared/rows/query'
import { fold } from '@shared/text/fold'
import { plainText } from '@shared/text/plain-text'
import { typedAddress } from '@shared/rows/typed-value'
import { anyOf, isRefusedFilter } from '../../portsip/odata'
import type { PbxReader } from '../../portsip/pbx-client'
import { allRecords, recordsWhere, type ListedRecord } from '../../portsip/records'
import { overlapFilters, type AnyOf } from './overlap-filters'

type Options = { readonly signal?: AbortSignal }

const rangeOf = (rule: ListedRecord): Cidr | undefined => comparedCidr(plainText(rule['cidr']))

const mappedRules = { key: 'cidr', operator: 'startswith', value: '::ffff:' } as const

/** Also those of rules whose range is written with IPv4-mapped addresses. */
function filtersOf(range: Cidr): readonly AnyOf[] {
  const groups = [...overlapFilters(range), ...(range.mapped ? overlapFilters(range.mapped) : [])]
  return groups.length === 0 ? groups : [...groups.slice(0, -1), [...(groups.at(-1) ?? []), mappedRules]]
}

async function overlapping(client: PbxReader, range: Cidr, options: Options): Promise<readonly ListedRecord[]> {
  const found = new Map<string, ListedRecord>()
  const add = (rows: readonly ListedRecord[]): void => {
    for (const row of rows) {
      const other = rangeOf(row)
      if (other !== undefined && meets(other, range)) found.set(row.id, row)
    }
  }
  try {
    for (const group of filtersOf(range))
      for await (const rows of recordsWhere(client, ipRule, anyOf(group), options)) add(rows)
  } catch (error) {
    if (!isRefusedFilter(error)) throw error
    for await (const rows of allRecords(client, ipRule, {}, options)) add(rows)
  }
  return [...found.values()]
}

/**
 * The rules that a search for an address or range means: those whose range contains it or lies in it, and those whose
 * description mentions it, by GET /ip_filters with filters. Undefined for any other search, which the PBX does. The most
 * specific rule comes first, unless the query sorts.
 */
export function rulesOfAddress(
  client: PbxReader,
  query: ListQuery,
  options: Options = {},
): Promise<readonly ListedRecord[]> | undefined {
  const typed = query.search?.trim() ?? ''
  const range = typedAddress(typed)
  if (range === undefined) return undefined
  const find = async (): Promise<readonly ListedRecord[]> => {
    const found = new Map((await overlapping(client, range, options)).map((rule) => [rule.id, rule]))
    const isMentioned = (rule: ListedRecord): boolean => fold(plainText(rule['description'])).includes(fold(typed))
    for await (const rows of allRecords(client, ipRule, { search: typed }, options))
      for (const rule of rows) if (isMentioned(rule)) found.set(rule.id, rule)
    const specific = (rule: ListedRecord): number => rangeOf(rule)?.prefix ?? -1
    const rules = [...found.values()].sort((a, b) => specific(b) - specific(a))
    const { filter, sort } = query
    const order = fieldOrder(ipRule.fields)
    return selectRows(rules, { ...(filter && { filter }), ...(sort && { sort }) }, { order })
  }
  return find()
}
