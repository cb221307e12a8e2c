import type { FilterTerm, ListQuery, Sort } from '@shared/domain/page'

/** The query of a list, without empty parts. */
export function listQuery(search: string, filter: readonly FilterTerm[], sort: Sort | undefined): ListQuery {
  const text = search.trim()
  return { ...(text !== '' && { search: text }), ...(filter.length > 0 && { filter }), ...(sort && { sort }) }
}
