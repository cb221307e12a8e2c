import { clipText } from '@shared/domain/clip-text'
import type { ServerId } from '@shared/domain/server'
import type { MergedId } from '@shared/fleet/merged-ids'
import { matchTiers, searchedIds, type FoundRows, type MatchTier, type SearchHit } from '@shared/fleet/search'
import { valueText } from '@shared/resources/value-text'
import { fold } from '@shared/text/fold'
import { typedAddress, typedNumber } from '@shared/text/typed-value'
import { addressAnswer } from './address-answer'
import { lengthBit, textsOf, type StoredList } from './row-store'
import type { StoredRow } from './stored-row'
import { storedFields } from './stored-fields'
import { valueFinder } from './value-finder'

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

  /** Whether a hit of this tier can still be among the best, with a title of this length if it is known. */
  takes(tier: MatchTier, titleLength = 0): boolean {
    const last = this.hits[this.hits.length - 1]
    if (this.hits.length < this.max || last === undefined || tier < last.tier) return true
    return tier === last.tier && titleLength <= last.title.length
  }
}

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/** Calls `run` with each text that contains a word, and where it begins there. This runs for every row with every letter that is typed. */
function eachWith(texts: readonly string[], word: string, run: (at: number, place: number) => void): void {
  for (let at = 0; at < texts.length; at += 1) {
    const place = texts[at]?.indexOf(word) ?? -1
    if (place >= 0) run(at, place)
  }
}

/** How well a text of `textsOf` matches, other than exactly, with its first word at `at`. */
function tierAt(text: string, at: number, titleEnd: number): MatchTier {
  if (at === 1) return matchTiers.titleStart
  if (at > titleEnd) return matchTiers.text
  return isWordStart(text, at) ? matchTiers.titleWord : matchTiers.title
}

function hitOf({ list, row, tier, serverName }: Hit): SearchHit {
  const { fields, title: titleOf } = storedFields(list.resource)
  const title = titleOf(row)
  const detail = fields
    .flatMap((field, at) => {
      if (field.kind === 'id' || field.detailOnly === true || (field.inTable ?? field.kind === 'text') === false)
        return []
      return valueText(field, row.cells[at]) || []
    })
    .filter((text) => text !== title)
    .join(' · ')
  return {
    resource: list.resource,
    serverId: list.serverId,
    serverName,
    record: row.id,
    readAt: list.readAt,
    title: title || row.id,
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
  const text = fold(typed).trim().replace(/\s+/g, ' ')
  const address = typedAddress(typed.trim())
  const number = typedNumber(typed)
  const words = number === undefined ? text.split(' ').filter((word) => word !== '') : [number]
  const [first = '', ...others] = words
  if (first === '') return { hits: [], counts: {} }
  const whole = number ?? text
  const wholeBit = lengthBit(whole.length)
  const value = `\u0000${whole}\u0000`
  const best = new BestHits(max)
  const counts: { [resource in MergedId]?: number } = {}
  const searched = lists.filter(({ resource }) => isSearched.has(resource))
  for (const list of searched) {
    const texts = textsOf(list)
    const { lengths } = list
    const isValue = valueFinder(list.resource, first)
    const serverName = names(list.serverId)
    let count = 0
    const add = (at: number, place: number): void => {
      const row = list.rows[at]
      const rowText = texts[at] ?? ''
      const isText = place >= 0 && others.every((word) => rowText.includes(word))
      const isMeant = row !== undefined && isValue?.(row) === true
      if (row === undefined || (!isText && !isMeant)) return
      count += 1
      const isExact = isMeant || (((lengths[at] ?? 0) & wholeBit) !== 0 && rowText.includes(value))
      if (!isExact && !best.takes(place === 1 ? matchTiers.titleStart : matchTiers.titleWord)) return
      const titleEnd = rowText.indexOf('\u0000', 1)
      const tier = isExact ? matchTiers.exact : tierAt(rowText, place, titleEnd)
      if (best.takes(tier, titleEnd - 1)) best.add({ list, row, tier, title: rowText.slice(1, titleEnd), serverName })
    }
    if (isValue === undefined) eachWith(texts, first, add)
    else for (const [at, rowText] of texts.entries()) add(at, rowText.indexOf(first))
    if (count > 0) counts[list.resource] = (counts[list.resource] ?? 0) + count
  }
  const hits = best.hits.map(hitOf)
  if (address === undefined) return { hits, counts }
  const addresses = searched
    .filter(({ resource }) => resource === 'ip-rules')
    .map((list) => addressAnswer(list, names(list.serverId), address, now))
    .sort((a, b) => compareTexts(a.serverName, b.serverName) || compareTexts(a.serverId, b.serverId))
  return { hits, counts, addresses }
}
