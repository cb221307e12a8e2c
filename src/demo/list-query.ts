import { byColumns, type Compare } from '@shared/rows/order'
import { searchOf, searchTest, searchText } from '@shared/rows/search'
import { validationProblem } from './api-problem'
import { compileFilter, type Predicate, type Row } from './odata-filter'

export interface ListFields<K extends string = string> {
  readonly fields: ReadonlySet<K>
  /** Fields for the text search. */
  readonly searched: readonly K[]
}

export interface ParsedListQuery {
  readonly skip: number
  readonly top: number
  /** Equal for two queries that differ only in their page. */
  readonly key: string
  readonly matches: Predicate | undefined
  readonly compare: Compare<Row> | undefined
}

export type RawQuery = Readonly<Record<string, string | undefined>>

const wholeNumber = (field: string, text: string | undefined, fallback: number, min: number, max: number): number => {
  if (text === undefined) return fallback
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  throw validationProblem([{ field, message: `${field} must be a whole number from ${min} to ${max}` }])
}

/** Text search: `101 or 102` finds rows with either word in any of these fields, case-insensitively. */
function searchFor(typed: string, searched: readonly string[]): Predicate {
  const isFound = searchTest(searchOf(typed))
  return (row) => isFound(searchText(searched.map((field) => row[field]).filter((value) => typeof value === 'string')))
}

function comparer(orderby: string, fields: ReadonlySet<string>): Compare<Row> {
  const sorts = orderby.split(',').map((term) => {
    const [key = '', direction = 'asc', ...more] = term.trim().split(/\s+/)
    if (!fields.has(key) || !/^(asc|desc)$/i.test(direction) || more.length > 0)
      throw validationProblem([{ field: 'orderby', message: `Not understood: ${term.trim()}` }])
    return { key, descending: direction.toLowerCase() === 'desc' }
  })
  return byColumns(sorts, (row, key) => row[key])
}

/** Parses `top`, `skip`, `search`, `filter` and `orderby` of a list request; invalid values are VALIDATE_FAILED. */
export function parseListQuery(query: RawQuery, { fields, searched }: ListFields): ParsedListQuery {
  const top = wholeNumber('top', query['top'], 100, 1, 100)
  const skip = wholeNumber('skip', query['skip'], 0, 0, 2_147_483_647)
  const { search = '', filter = '', orderby = '' } = query
  const tests: Predicate[] = []
  if (filter.trim() !== '') {
    try {
      tests.push(compileFilter(filter, fields))
    } catch (error) {
      throw validationProblem([{ field: 'filter', message: error instanceof Error ? error.message : 'Not understood' }])
    }
  }
  if (search.trim() !== '') tests.push(searchFor(search, searched))
  const [first, second] = tests
  return {
    skip,
    top,
    key: JSON.stringify([filter, search, orderby]),
    matches: first !== undefined && second !== undefined ? (row) => first(row) && second(row) : first,
    compare: orderby.trim() === '' ? undefined : comparer(orderby, fields),
  }
}
