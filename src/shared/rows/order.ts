import type { Sort } from '../domain/page'
import { personLocale } from '../format/locale'
import { plainText } from '../text/plain-text'

/** Negative, zero or positive, as `Array.prototype.sort` expects it. */
export type Compare<T> = (a: T, b: T) => number

/** The order of the API: numbers by size, other values by the code units of their text, blank ones first. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [x, y] = [plainText(a), plainText(b)]
  return x === y ? 0 : x < y ? -1 : 1
}

let names: Intl.Collator | undefined

/** The order for people: numbers by size, names in the system's locale, with numbers inside them by size: PBX 2 before PBX 10. */
export function compareNames(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  names ??= new Intl.Collator(personLocale(), { numeric: true })
  return names.compare(plainText(a), plainText(b))
}

/** Each name once, in order; blank ones are left out. */
export const sortedNames = <T extends string>(values: Iterable<T | ''>): readonly T[] =>
  [...new Set(values)].filter((value): value is T => value !== '').sort(compareNames)

/** Compares rows by one column after the other. */
export function byColumns<T>(
  sorts: readonly Sort[],
  value: (row: T, key: string) => unknown,
  order: (key: string) => Compare<unknown> = () => compareValues,
): Compare<T> {
  const columns = sorts.map(({ key, descending }) => ({ key, sign: descending ? -1 : 1, compare: order(key) }))
  return (a, b) => {
    for (const { key, sign, compare } of columns) {
      const result = compare(value(a, key), value(b, key))
      if (result !== 0) return result * sign
    }
    return 0
  }
}
