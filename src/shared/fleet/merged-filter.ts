import type { FilterTerm } from '../domain/page'
import type { BoardRow } from './board-row'
import { filterParts, serverTerm, unquoted, type FilterProblem, type RowTest } from './filter'
import type { MergedId } from './merged-ids'

export interface MergedFilter {
  /** Whether rows of this server are shown. */
  readonly isServerShown: (row: BoardRow, now: number) => boolean
  /** Words, each of which has to occur in a row. */
  readonly search: string
  readonly terms: readonly FilterTerm[]
  /** Parts that cannot be read. Nothing is shown for them, because all rows would look like a result. */
  readonly problems: readonly FilterProblem[]
}

/** An IPv6 address, also while it is typed: `fd:` is no key. */
const isAddress = (part: string): boolean => /^[0-9a-f]{1,4}:[0-9a-f:./]*$/iu.test(part)

/** The time at which rows of a resource end. */
const ends: { readonly [resource in MergedId]?: string } = { 'ip-rules': 'expire_at' }

const dayMs = 86_400_000

/** `expires<30d` for the rows of a resource with an end. */
function endTerms(part: string, key: string, now: number): readonly FilterTerm[] | string | undefined {
  const [, operator, days] = /^expires([<>])(\d{1,6})d?$/iu.exec(part) ?? []
  if (days === undefined)
    return /^expires[<>]/iu.test(part) ? 'Enter a whole number after “expires<”, for example 30d' : undefined
  const at = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
  const end = at(now + Number(days) * dayMs)
  if (operator === '>') return [{ key, operator: 'gt', value: end }]
  // What has expired does not expire any more.
  return [
    { key, operator: 'gt', value: at(now) },
    { key, operator: 'lt', value: end },
  ]
}

/**
 * Reads the filter of a merged table: parts with a key are about servers, as on the board; `expires<30d` is about the
 * rows if they have an end; words are searched for in the rows.
 */
export function mergedFilter(text: string, resource: MergedId, now: number): MergedFilter {
  const tests: RowTest[] = []
  const words: string[] = []
  const terms: FilterTerm[] = []
  const problems: FilterProblem[] = []
  const end = ends[resource]
  for (const part of filterParts(text)) {
    const term = isAddress(part)
      ? undefined
      : ((end === undefined ? undefined : endTerms(part, end, now)) ?? serverTerm(part))
    if (term === undefined) words.push(unquoted(part))
    else if (typeof term === 'string') problems.push({ term: part, message: term })
    else if (typeof term === 'function') tests.push(term)
    else terms.push(...term)
  }
  return {
    isServerShown: (row, at) => tests.every((test) => test(row, at)),
    search: words.join(' '),
    terms,
    problems,
  }
}

/** The parts of a filter of a table that are about servers, to keep them for another one; `undefined` is the board. */
export function serverPart(text: string, resource: MergedId | undefined): string {
  const isOfRows = (part: string): boolean =>
    resource !== undefined && ends[resource] !== undefined && /^expires/iu.test(part)
  return filterParts(text)
    .filter((part) => !isOfRows(part) && typeof serverTerm(part) === 'function')
    .join(' ')
}
