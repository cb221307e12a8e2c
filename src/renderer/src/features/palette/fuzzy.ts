/**
 * How well a label matches the typed text: higher is better, undefined without a match. Every typed word must match; a whole word scores higher than
 * the start of one, then a part of one and, if `loose`, letters in order.
 */
export function score(label: string, typed: string, loose = true): number | undefined {
  const text = label.toLocaleLowerCase()
  let sum = 0
  for (const word of typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)) {
    const wordScore = scoreWord(text, word, loose)
    if (wordScore === undefined) return undefined
    sum += wordScore
  }
  return sum - text.length / 1000
}

const isEdge = (text: string, at: number): boolean =>
  at <= 0 || at >= text.length || !/[\p{L}\p{N}]/u.test(text[at] ?? '')

function scoreWord(text: string, word: string, loose: boolean): number | undefined {
  const at = text.indexOf(word)
  if (at >= 0) {
    const starts = isEdge(text, at - 1)
    if (at === 0) return 100
    if (starts && isEdge(text, at + word.length)) return 90
    return starts ? 80 : 50
  }
  return loose ? inOrder(text, word) : undefined
}

/** Letters of the word in order, the first at the start of a word, with few gaps: `munz` finds `Munich, Zentrale`. */
function inOrder(text: string, word: string): number | undefined {
  if (word.length < 2) return undefined
  let gaps = 0
  let from = [...text].findIndex((letter, at) => letter === word[0] && isEdge(text, at - 1)) + 1
  if (from === 0) return undefined
  for (const letter of word.slice(1)) {
    const at = text.indexOf(letter, from)
    if (at < 0) return undefined
    gaps += at - from
    from = at + 1
  }
  return gaps > 4 * word.length ? undefined : Math.max(1, 30 - gaps)
}

export interface Candidate {
  readonly label: string
  /** Additional text to match, with less weight than the label. */
  readonly keywords: string
  readonly weight: number
}

/** The best candidates for the typed text, best first, up to `limit`; an empty text keeps their order. */
export function best<T extends Candidate>(candidates: readonly T[], typed: string, limit: number): readonly T[] {
  if (typed.trim() === '') return candidates.slice(0, limit)
  const scored: { readonly candidate: T; readonly value: number }[] = []
  for (const candidate of candidates) {
    const byLabel = score(candidate.label, typed)
    const byAll = score(`${candidate.label} ${candidate.keywords}`, typed, false)
    const value = Math.max(byLabel ?? -1, byAll === undefined ? -1 : byAll / 2)
    if (value >= 0) scored.push({ candidate, value: value + candidate.weight })
  }
  return scored
    .sort((a, b) => b.value - a.value)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
