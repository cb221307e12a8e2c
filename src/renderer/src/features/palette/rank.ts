import { fold } from '@shared/text/fold'

export interface Candidate {
  /** Identifies it, and decides between two that are otherwise alike. */
  readonly key: string
  readonly label: string
  /** Additional text to match, with less weight than the label. */
  readonly keywords: string
  /** Higher ones come first among those that match alike. */
  readonly weight: number
}

/** How well a word matches a text, from the best to the worst. */
const tiers = { whole: 0, start: 1, word: 2, wordStart: 3, part: 4, letters: 5 } as const
/** A match in the keywords is worse than any in the label. */
const keywordsAfter = 6

const isEdge = (text: string, at: number): boolean =>
  at < 0 || at >= text.length || !/[\p{L}\p{N}]/u.test(text[at] ?? '')

function tierOf(text: string, word: string, isLoose: boolean): number | undefined {
  if (text === word) return tiers.whole
  let best: number | undefined
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const starts = isEdge(text, at - 1)
    const tier =
      at === 0
        ? tiers.start
        : starts && isEdge(text, at + word.length)
          ? tiers.word
          : starts
            ? tiers.wordStart
            : tiers.part
    best = Math.min(best ?? tier, tier)
  }
  return best ?? (isLoose && isInOrder(text, word) ? tiers.letters : undefined)
}

/** Letters of the word in order, the first at the start of a word, with few gaps: `munz` finds `Munich, Zentrale`. */
function isInOrder(text: string, word: string): boolean {
  if (word.length < 2) return false
  let gaps = 0
  let from = [...text].findIndex((letter, at) => letter === word[0] && isEdge(text, at - 1)) + 1
  if (from === 0) return false
  for (const letter of word.slice(1)) {
    const at = text.indexOf(letter, from)
    if (at < 0) return false
    gaps += at - from
    from = at + 1
  }
  return gaps <= 4 * word.length
}

/** The tier of the word that matches worst; undefined unless every word matches. */
function worstTier(text: string, words: readonly string[], isLoose: boolean): number | undefined {
  let worst = 0
  for (const word of words) {
    const tier = tierOf(text, word, isLoose)
    if (tier === undefined) return undefined
    worst = Math.max(worst, tier)
  }
  return worst
}

interface Ranked<T> {
  readonly candidate: T
  readonly tier: number
  readonly text: string
}

function rank<T extends Candidate>(candidate: T, words: readonly string[], typed: string): Ranked<T> | undefined {
  const text = fold(candidate.label)
  const byLabel = text === typed ? tiers.whole : worstTier(text, words, true)
  const byAll = worstTier(`${text} ${fold(candidate.keywords)}`, words, false)
  const tier = Math.min(byLabel ?? Infinity, byAll === undefined ? Infinity : byAll + keywordsAfter)
  return tier === Infinity ? undefined : { candidate, tier, text }
}

const compare = (a: number | string, b: number | string): number => (a === b ? 0 : a < b ? -1 : 1)

/**
 * The best candidates for the typed text, best first, up to `limit`; an empty text keeps their order. The same text on
 * the same candidates has the same result in any order and language of the system: by group, tier, weight, length, name
 * and key.
 */
export function best<T extends Candidate>(candidates: readonly T[], typed: string, limit: number): readonly T[] {
  const text = fold(typed).trim()
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return candidates.slice(0, limit)
  return candidates
    .flatMap((candidate) => rank(candidate, words, text) ?? [])
    .sort(
      (a, b) =>
        Number(a.candidate.weight < 0) - Number(b.candidate.weight < 0) ||
        compare(a.tier, b.tier) ||
        compare(b.candidate.weight, a.candidate.weight) ||
        compare(a.text.length, b.text.length) ||
        compare(a.text, b.text) ||
        compare(a.candidate.key, b.candidate.key),
    )
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
