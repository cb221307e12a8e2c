import type { FilterTerm, ListQuery } from '@shared/domain/page'
import { FleetError } from '@shared/ipc/result'
import type { Query } from './pbx-client'

const functions: ReadonlySet<FilterTerm['operator']> = new Set(['startswith', 'endswith', 'contains'])

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

const term = ({ key, operator, value }: FilterTerm): string =>
  functions.has(operator) ? `${operator}(${key},${quoted(value)})` : `${key} ${operator} ${quoted(value)}`

/** Terms joined by AND, in OData as the API's `filter` expects it. */
export const allOf = (terms: readonly FilterTerm[]): string => terms.map(term).join(' and ')

/** Terms joined by OR; needs parentheses before it is joined with other terms. */
export const anyOf = (terms: readonly FilterTerm[]): string => terms.map(term).join(' or ')

/** True if the PBX does not support the filter. */
export const isRefusedFilter = (error: unknown): boolean =>
  error instanceof FleetError && (error.detail.status === 400 || error.detail.status === 501)

/** A list query as the API's parameters `filter`, `search` and `orderby`, without paging. */
export function listParameters({ search, filter = [], sort }: ListQuery): Query {
  const text = search?.trim() ?? ''
  return {
    ...(filter.length > 0 && { filter: allOf(filter) }),
    ...(text !== '' && { search: text }),
    ...(sort && { orderby: `${sort.key} ${sort.descending ? 'desc' : 'asc'}` }),
  }
}
