import { clipText } from '@shared/domain/clip-text'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { matchTiers, searchedIds, type FoundRows, type MatchTier, type SearchHit } from '@shared/fleet/search'
import type { FieldSpec } from '@shared/resources/field'
import { valueText } from '@shared/resources/value-text'
import { searchedWords, typedAddress, typedNumber } from '@shared/rows/typed-value'
import { BestFound } from '../search/best-found'
import { titleTier } from '../search/title-tier'
import { addressAnswer } from './address-answer'
import type { PlacedRow, StoredList } from './row-store'
import { storedFields } from './stored-fields'
import { Finders } from './value-finder'
import { WordRows } from './word-rows'

const detailLength = 200
const isSearched: ReadonlySet<MergedId> = new Set(searchedIds)

interface Hit {
  readonly row: PlacedRow
  readonly tier: MatchTier
  /** The folded title. */
  readonly title: string
  /** The title is what was typed, and not only another value of the row. */
  readonly isTitle: boolean
  readonly serverName: string
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** A fixed order of any two hits: it depends on nothing but the rows and the names of their servers. */
const compareHits = (a: Hit, b: Hit): number =>
  a.tier - b.tier ||
  Number(b.isTitle) - Number(a.isTitle) ||
  a.title.length - b.title.length ||
  compareTexts(a.title, b.title) ||
  compareTexts(a.serverName, b.serverName) ||
  compareTexts(a.row.list.resource, b.row.list.resource) ||
  compareTexts(a.row.list.serverId, b.row.list.serverId) ||
  compareTexts(a.row.id, b.row.id)

/** The title in a text of `textsOf`. */
const titleIn = (text: string): string => text.slice(1, text.indexOf('\u0000', 1))

/** Whether one of these is a whole value of a text of `textsOf`. */
function wholeTest(values: readonly string[]): (text: string) => boolean {
  const tests = values.map((value) => {
    // A value's end is rarer than its beginning, which is the separator: most texts need one look.
    const [end, whole] = [`${value}\u0000`, `\u0000${value}\u0000`]
    return (text: string): boolean => text.includes(end) && text.includes(whole)
  })
  // A single character is the beginning of what a person types, not a value.
  if (values.every((value) => value.length < 2)) return () => false
  const [first] = tests
  return first !== undefined && tests.length === 1 ? first : (text) => tests.some((test) => test(text))
}

/** A choice that has a color in tables, such as Block or Active, is known without its label. */
const saysWhatItIs = (field: FieldSpec): boolean =>
  field.kind === 'choice' && field.choices.some(({ tone }) => tone !== undefined)

function hitOf({ row, tier, serverName }: Hit): SearchHit {
  const { list } = row
  const { fields, title } = storedFields(list.resource)
  const inTitle = new Set(title(row).split(' · '))
  const detail = fields
    .flatMap((field, at) => {
      if (field.kind === 'id' || field.detailOnly === true || (field.inTable ?? field.kind === 'text') === false)
        return []
      const value = valueText(field, row.cells[at])
      if (value === '' || inTitle.has(value)) return []
      return saysWhatItIs(field) ? value : `${field.column ?? field.label}: ${value}`
    })
    .join(' · ')
  return {
    resource: list.resource,
    serverId: list.serverId,
    serverName,
    record: row.id,
    readAt: list.readAt,
    title: title(row) || row.id,
    detail: clipText(detail, detailLength),
    tier,
  }
}

/**
 * Searches what was read of all servers. Each word has to occur in a row; an address finds the rules whose range
 * contains it or overlaps it, a telephone number the assignments that have it.
 */
export function searchRows(
  lists: readonly StoredList[],
  typed: string,
  {
    names,
    max,
    now,
    words: known = new WordRows(),
  }: {
    readonly names: (id: ServerId) => string
    readonly max: number
    readonly now: number
    /** What the search before found. */
    readonly words?: WordRows
  },
): FoundRows {
  const words = searchedWords(typed)
  const text = words.join(' ')
  if (text === '') return { hits: [], counts: {} }
  const address = typedAddress(text)
  const number = typedNumber(text)
  const alsoNumber = number === undefined ? [] : [number]
  const isWhole = wholeTest([text, ...alsoNumber])
  const starts = [...words.slice(0, 1), ...alsoNumber]
  // The title is the first value of a text.
  const isStart = (rowText: string): boolean => starts.some((start) => rowText.startsWith(start, 1))
  const best = new BestFound(max, compareHits)
  /** Whether a hit of this tier can still be among the best. */
  const takes = (tier: MatchTier): boolean => tier <= (best.last?.tier ?? tier)
  const counts: { [resource in MergedId]?: number } = {}
  const finders = new Finders(text)
  const searched = lists.filter(({ resource }) => isSearched.has(resource))
  for (const list of searched) {
    const serverName = names(list.serverId)
    let count = 0
    // A server's name alone would find all of its rows.
    const finder = finders.on(serverName, list.resource) ?? finders.of(list.resource, text)
    known.each(list, finder, (row, rowText, found) => {
      count += 1
      const isExact = found === 'value' || isWhole(rowText)
      // Most rows of a list match a few letters, and few of them can be among the best.
      if (!isExact && !takes(isStart(rowText) ? matchTiers.titleStart : matchTiers.titleWord)) return
      const title = titleIn(rowText)
      const tier = isExact ? matchTiers.exact : titleTier(title, starts)
      if (takes(tier)) best.add({ row, tier, title, isTitle: title === text, serverName })
    })
    if (count > 0) counts[list.resource] = (counts[list.resource] ?? 0) + count
  }
  const hits = best.items.map(hitOf)
  if (address === undefined) return { hits, counts }
  const addresses = searched
    // Of rules that are still arriving nothing follows, least of all that none matches.
    .filter(({ resource, isComplete }) => resource === 'ip-rules' && isComplete)
    .map((list) => addressAnswer(list, names(list.serverId), address, now))
    .sort((a, b) => compareTexts(a.serverName, b.serverName) || compareTexts(a.serverId, b.serverId))
  return { hits, counts, addresses }
}
