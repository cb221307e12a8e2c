import { textsOf, type PlacedRow, type StoredList } from './row-store'
import type { Found, RowFinder } from './value-finder'

interface WordIn {
  readonly word: string
  /** How many rows of the list were looked at. */
  readonly count: number
  /** The places of those that contain the word, ascending. */
  readonly places: readonly number[]
}

/**
 * The rows of each list that contain the word that was searched for last. As a person types on, only these are looked at,
 * because a row with `mull` has `mul`, too.
 */
export class WordRows {
  private readonly known = new WeakMap<StoredList, WordIn>()

  /** Calls `use` for each row that a finder finds, from the place `start` on. */
  each(
    list: StoredList,
    { required, isEnough, find }: RowFinder,
    use: (row: PlacedRow, text: string, found: Found) => void,
    start = 0,
  ): void {
    const texts = textsOf(list)
    const test = (at: number): void => {
      const row = list.rows[at]
      const text = texts[at]
      if (row === undefined || text === undefined) return
      const found = isEnough ? 'text' : find(text, row)
      if (found !== undefined) use(row, text, found)
    }
    if (required === undefined) for (let at = start; at < texts.length; at += 1) test(at)
    else for (const at of this.places(list, texts, required)) if (at >= start) test(at)
  }

  private places(list: StoredList, texts: readonly string[], word: string): readonly number[] {
    const before = this.known.get(list)
    const isNarrower = before !== undefined && word.includes(before.word)
    if (isNarrower && before.word === word && before.count === texts.length) return before.places
    const places = isNarrower ? before.places.filter((at) => texts[at]?.includes(word)) : []
    for (let at = isNarrower ? before.count : 0; at < texts.length; at += 1)
      if (texts[at]?.includes(word) === true) places.push(at)
    this.known.set(list, { word, count: texts.length, places })
    return places
  }
}
