import { z } from 'zod'

/** Maximum rows in a list response of the PBX (`top` 1..100). */
export const maxTop = 100

export const filterOperators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'startswith', 'endswith', 'contains'] as const

/** One condition of a list's filter; several are joined by AND. Values are compared as text, times as RFC 3339. */
export const filterTermSchema = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]*$/),
  operator: z.enum(filterOperators),
  value: z.string().max(1024),
})
export type FilterTerm = z.infer<typeof filterTermSchema>
/** A comparison of a column among `K`. */
export type TermOf<K extends string> = FilterTerm & { readonly key: K }

export const sortSchema = z.object({ key: z.string().regex(/^[a-z][a-z0-9_]*$/), descending: z.boolean() })
export type Sort = z.infer<typeof sortSchema>
export type SortOf<K extends string> = Sort & { readonly key: K }

/** Filter, search and order of a list, the same for a list on a server and an opened export. */
export const listQuerySchema = z.object({
  search: z.string().max(256).optional(),
  filter: z.array(filterTermSchema).max(20).readonly().optional(),
  sort: sortSchema.optional(),
})
export type ListQuery = z.infer<typeof listQuerySchema>

/** `offset` counts rows from 0; `limit` may be up to 1000, which main splits into several requests. */
export const pageQuerySchema = listQuerySchema.extend({
  offset: z.int().min(0),
  limit: z.int().min(1).max(1000),
})
export type PageQuery = z.infer<typeof pageQuerySchema>

/** `count` is the number of rows that match the query, not the number of `items`. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly count: number
}
