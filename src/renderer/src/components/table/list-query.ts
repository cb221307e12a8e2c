import type { FilterTerm, ListQuery, Sort } from '@shared/domain/page'

/** A list's query; parts that narrow nothing are left out. */
export function listQuery(search: string, filter: readonly FilterTerm[], sort: Sort | undefined): ListQuery {
  const text = search.trim()
  return { ...(text !== '' && { search: text }), ...(filter.length > 0 && { filter }), ...(sort && { sort }) }
}
