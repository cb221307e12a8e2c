import ipaddr from 'ipaddr.js'
import type { Cidr } from '@shared/domain/cidr'
import type { FilterTerm, TermOf } from '@shared/domain/page'
import type { ipRule } from '@shared/resources/ip-rule'
import type { FieldKey } from '@shared/resources/resource'

/** Terms that are joined by OR; the groups are asked for one after the other. */
export type RuleTerm = TermOf<FieldKey<typeof ipRule>>
export type AnyOf = readonly RuleTerm[]

/** Keeps the address of a request well under the lengths that gateways refuse. */
const termsPerRequest = 24
/** Up to so many prefixes are named one by one; beyond, one shorter prefix covers them and the rest is sorted out by comparing. */
const prefixesMax = 16

const term = (operator: FilterTerm['operator'], value: string): RuleTerm => ({ key: 'cidr', operator, value })

const chunks = (terms: AnyOf): readonly AnyOf[] =>
  Array.from({ length: Math.ceil(terms.length / termsPerRequest) }, (_, index) =>
    terms.slice(index * termsPerRequest, (index + 1) * termsPerRequest),
  )

const maskedText = (range: Cidr, prefix: number): string => {
  const bytes = range.bytes.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))) & 0xff)
  return (range.family === 'ipv4' ? new ipaddr.IPv4(bytes) : new ipaddr.IPv6(bytes)).toString()
}

/** The texts of the range itself and of every range that covers it, as a PBX may hold them. */
export function coveringTexts(range: Cidr): readonly string[] {
  const texts = Array.from({ length: range.prefix + 1 }, (_, prefix) => `${maskedText(range, prefix)}/${prefix}`)
  const bits = range.family === 'ipv4' ? 32 : 128
  return (range.prefix === bits ? [...texts, maskedText(range, bits)] : texts).reverse()
}

/** The values from `first` that `count` low bits make, for example 172.16 to 172.31. */
const spread = (first: number, freeBits: number): readonly number[] =>
  Array.from({ length: 2 ** freeBits }, (_, index) => first + index)

function v4Prefixes(range: Cidr): readonly string[] | undefined {
  const whole = Math.floor(range.prefix / 8)
  if (whole === 4) return []
  const head = range.bytes
    .slice(0, whole)
    .map((byte) => `${byte}.`)
    .join('')
  const rest = range.prefix % 8
  const open = rest === 0 ? [] : spread(range.bytes[whole] ?? 0, 8 - rest)
  if (open.length > 0 && open.length <= prefixesMax)
    return open.map((byte) => `${head}${byte}${whole === 3 ? '' : '.'}`)
  return head === '' ? undefined : [head]
}

function v6Prefixes(range: Cidr): readonly string[] | undefined {
  const parts = new ipaddr.IPv6([...range.bytes]).parts
  const whole = parts.slice(0, Math.floor(range.prefix / 16))
  // From the first zero on, canonical text may say `::` instead of the groups.
  const zero = whole.indexOf(0)
  const sure = zero === -1 ? whole : whole.slice(0, zero)
  if (range.prefix === 128) return []
  if (sure.length > 0) return [sure.map((part) => `${part.toString(16)}:`).join('')]
  const nibble = (parts[0] ?? 0) >> 12
  if (whole.length > 0 || nibble === 0) return undefined
  return spread(nibble, Math.max(0, 4 - range.prefix)).map((value) => value.toString(16))
}

/**
 * What to ask a PBX for so that every rule overlapping `range` is among the answers. Of two CIDR ranges that overlap one contains the other:
 * the covering ones are asked for by name, the contained ones by the beginning of their text. The answers may hold more than overlaps;
 * compare them exactly. A rule whose text has host bits set (10.1.2.3/8) is found only by its first digits.
 */
export function overlapFilters(range: Cidr): readonly AnyOf[] {
  const covering = coveringTexts(range).map((text) => term('eq', text))
  const prefixes = range.family === 'ipv4' ? v4Prefixes(range) : v6Prefixes(range)
  const contained =
    prefixes === undefined
      ? [term('contains', range.family === 'ipv4' ? '.' : ':')]
      : prefixes.map((prefix) => term('startswith', prefix))
  return [...chunks(covering), ...chunks(contained)]
}
