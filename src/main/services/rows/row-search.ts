import { clipText } from '@shared/domain/clip-text'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { matchTiers, searchedIds, type FoundRows, type MatchTier, type SearchHit } from '@shared/fleet/search'
import { valueText } from '@shared/resources/value-text'
import { fold } from '@shared/text/fold'
import { typedAddress, typedNumber } from '@shared/text/typed-value'
import { addressAnswer } from './address-answer'
import { textsOf, type StoredList } from './row-store'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'
import { rowFinder, type Found } from './value-finder'

const detailLength = 200
const isSearched: ReadonlySet<MergedId> = new Set(searchedIds)

interface Hit {
  readonly list: StoredList
  readonly row: StoredRow
  readonly tier: MatchTier
  /** The folded title. */
  readonly title: string
  readonly serverName: string
}

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** A fixed order of any two hits: it depends on nothing but the rows and the names of their servers. */
const compareHits = (a: Hit, b: Hit): number =>
  a.tier - b.tier ||
  a.title.length - b.title.length ||
  compareTexts(a.title, b.title) ||
  compareTexts(a.serverName, b.serverName) ||
  compareTexts(a.list.resource, b.list.resource) ||
  compareTexts(a.list.serverId, b.list.serverId) ||
  compareTexts(a.row.id, b.row.id)

/** The best hits, up to `max`, in order; others are counted alone. */
class BestHits {
  readonly hits: Hit[] = []

  constructor(private readonly max: number) {}

  add(hit: Hit): void {
    const { hits, max } = this
    const last = hits[hits.length - 1]
    if (hits.length >= max && last !== undefined && compareHits(hit, last) >= 0) return
    let [low, high] = [0, hits.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const other = hits[middle]
      if (other !== undefined && compareHits(other, hit) <= 0) low = middle + 1
      else high = middle
    }
    hits.splice(low, 0, hit)
    if (hits.length > max) hits.pop()
  }

  /** Whether a hit of this tier can still be among the best. */
  takes(tier: MatchTier): boolean {
    const last = this.hits[this.hits.length - 1]
    return this.hits.length < this.max || last === undefined || tier <= last.tier
  }
}

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/** The title in a text of `textsOf`. */
const titleIn = (text: string): string => text.slice(1, text.indexOf('\u0000', 1))

/** How well one of `starts` matches in the title, if a row does not match exactly. */
function titleTier(title: string, starts: readonly string[]): MatchTier {
  const start = starts.find((each) => title.includes(each))
  if (start === undefined) return matchTiers.text
  if (title.startsWith(start)) return matchTiers.titleStart
  for (let at = title.indexOf(start); at >= 0; at = title.indexOf(start, at + 1))
    if (isWordStart(title, at)) return matchTiers.titleWord
  return matchTiers.title
}

function hitOf({ list, row, tier, serverName }: Hit): SearchHit {
  const { fields, title } = storedFields(list.resource)
  const detail = fields
    .flatMap((field, at) => {
      if (field.kind === 'id' || field.detailOnly === true || (field.inTable ?? field.kind === 'text') === false)
        return []
      return valueText(field, row.cells[at]) || []
    })
    .filter((text) => !title(row).includes(text))
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
  { names, max, now }: { readonly names: (id: ServerId) => string; readonly max: number; readonly now: number },
): FoundRows {
  // Quotes have a meaning in filters; here a person pastes them.
  const text = fold(typed).replaceAll('"', ' ').trim().replace(/\s+/g, ' ')
  if (text === '') return { hits: [], counts: {} }
  const address = typedAddress(text)
  const words = text.split(' ')
  const number = typedNumber(text)
  const alsoNumber = number === undefined ? [] : [number]
  const whole = [text, ...alsoNumber].map((value) => `\u0000${value}\u0000`)
  const starts = [...words.slice(0, 1), ...alsoNumber]
  const best = new BestHits(max)
  const counts: { [resource in MergedId]?: number } = {}
  const searched = lists.filter(({ resource }) => isSearched.has(resource))
  for (const list of searched) {
    const { rows } = list
    const texts = textsOf(list)
    const serverName = names(list.serverId)
    let count = 0
    const add = (rowText: string, row: StoredRow, found: Found): void => {
      count += 1
      const isExact = found === 'value' || whole.some((value) => rowText.includes(value))
      // Nothing below an exact match can be among the best then: most rows of a list match a single letter.
      if (!isExact && !best.takes(matchTiers.titleStart)) return
      const title = titleIn(rowText)
      const tier = isExact ? matchTiers.exact : titleTier(title, starts)
      if (best.takes(tier)) best.add({ list, row, tier, title, serverName })
    }
    // "Contoso Berlin" is the tenant Contoso on a server in Berlin; a server's name alone would find all of its rows.
    const name = fold(serverName)
    const others = words.filter((word) => !name.includes(word))
    const isNarrowed = others.length > 0 && number === undefined
    const { only, find } = rowFinder(list.resource, isNarrowed ? others.join(' ') : text)
    // Most searches are one word, and this runs for every row with every letter that is typed.
    if (only !== undefined) {
      for (let at = 0; at < texts.length; at += 1) {
        const rowText = texts[at]
        if (rowText?.includes(only) !== true) continue
        const row = rows[at]
        if (row !== undefined) add(rowText, row, 'text')
      }
    } else
      for (const [at, rowText] of texts.entries()) {
        const row = rows[at]
        const found = row && find(rowText, row)
        if (row !== undefined && found !== undefined) add(rowText, row, found)
      }
    if (count > 0) counts[list.resource] = (counts[list.resource] ?? 0) + count
  }
  const hits = best.hits.map(hitOf)
  if (address === undefined) return { hits, counts }
  const addresses = searched
    // Of rules that are still arriving nothing follows, least of all that none matches.
    .filter(({ resource, isComplete }) => resource === 'ip-rules' && isComplete)
    .map((list) => addressAnswer(list, names(list.serverId), address, now))
    .sort((a, b) => compareTexts(a.serverName, b.serverName) || compareTexts(a.serverId, b.serverId))
  return { hits, counts, addresses }
}
