import { plainText } from '../text/plain-text'
import { fold } from '../text/fold'

/**
 * What a person searches for. `any` is the search of the API: parts joined by " or ", one of which has to occur. `all` are words, each of which has to
 * occur, in any order.
 */
export interface Search {
  readonly mode: 'any' | 'all'
  readonly parts: readonly string[]
}

export const searchOf = (typed: string, mode: Search['mode'] = 'any'): Search => ({
  mode,
  parts: fold(typed)
    .trim()
    .split(mode === 'any' ? /\s+or\s+/ : /\s+/)
    .filter((part) => part !== ''),
})

/** The values of a row as one text to search in. The separator keeps a part from matching across two values. */
export const searchText = (values: readonly unknown[]): string => fold(values.map(plainText).join('\u0000'))

/** Whether a search finds a text of `searchText`; an empty search finds everything. */
export function searchTest({ mode, parts }: Search): (text: string) => boolean {
  const [first = ''] = parts
  if (parts.length < 2) return (text) => text.includes(first)
  return mode === 'any'
    ? (text) => parts.some((part) => text.includes(part))
    : (text) => parts.every((part) => text.includes(part))
}

/** Whether everything that `next` finds was found by `before`, as while a person types on. */
export const narrows = (next: Search, before: Search): boolean =>
  next.parts.length === 1 && before.parts.length < 2 && (next.parts[0] ?? '').startsWith(before.parts[0] ?? '')
