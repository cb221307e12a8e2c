import { cidrOf } from '@shared/domain/cidr'
import type { FieldSpec } from '../resources/field'
import { plainText } from '../text/plain-text'
import { compareNames, compareValues, type Compare } from './order'

/** A text in whose order ranges are: IPv4 first, by their first address, shorter prefixes first. */
function rangeKey(text: string): string {
  const range = cidrOf(text)
  if (range === undefined) return `z${text}`
  const bytes = range.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${range.family === 'ipv4' ? 'a' : 'b'}${bytes}${String(range.prefix).padStart(3, '0')}`
}

/** Each text is parsed once for a sort. */
function rangeOrder(): Compare<unknown> {
  const keys = new Map<string, string>()
  const keyOf = (value: unknown): string => {
    const text = plainText(value)
    const known = keys.get(text) ?? rangeKey(text)
    keys.set(text, known)
    return known
  }
  return (a, b) => compareValues(keyOf(a), keyOf(b))
}

/**
 * The order of a list that is sorted here: texts as for people, choices in the order of their description, ranges of
 * addresses by their first address, the rest as in the API.
 */
export function fieldOrder(fields: readonly FieldSpec[]): (key: string) => Compare<unknown> {
  const choices = new Map(
    fields.flatMap((field) =>
      field.kind === 'choice' ? [[field.key, field.choices.map(({ value }) => value)] as const] : [],
    ),
  )
  const texts = new Set(fields.flatMap(({ key, kind }) => (kind === 'text' ? [key as string] : [])))
  const ranges = new Set(fields.flatMap(({ key, kind }) => (kind === 'cidr' ? [key as string] : [])))
  return (key) => {
    if (ranges.has(key)) return rangeOrder()
    const values = choices.get(key)
    if (values === undefined) return texts.has(key) ? compareNames : compareValues
    const rank = (value: unknown): number => values.indexOf(plainText(value))
    return (a, b) => rank(a) - rank(b)
  }
}
