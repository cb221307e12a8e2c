import { matchTiers, type MatchTier } from '@shared/fleet/search'

const isWordStart = (text: string, at: number): boolean => !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/** How well one of `starts` matches in the title of something that does not match exactly. */
export function titleTier(title: string, starts: readonly string[]): MatchTier {
  const start = starts.find((each) => title.includes(each))
  if (start === undefined) return matchTiers.text
  if (title.startsWith(start)) return matchTiers.titleStart
  for (let at = title.indexOf(start); at >= 0; at = title.indexOf(start, at + 1))
    if (isWordStart(title, at)) return matchTiers.titleWord
  return matchTiers.title
}
