import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlaps, parseCidr, type Cidr } from '@shared/domain/cidr'
import type { FilterTerm } from '@shared/domain/page'
import { coveringTexts, overlapFilters } from '@main/services/ip-rules/overlap-filters'

const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`)
  return parsed.cidr
}

const matches = (term: FilterTerm, text: string): boolean => {
  if (term.operator === 'eq') return text === term.value
  if (term.operator === 'startswith') return text.startsWith(term.value)
  if (term.operator === 'contains') return text.includes(term.value)
  throw new Error(term.operator)
}
const isAskedFor = (range: Cidr, text: string): boolean =>
  overlapFilters(range).some((group) => group.some((term) => matches(term, text)))

const v4 = fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, prefix]) => cidr(`${address}/${prefix}`))
/** Few distinct groups, many zeros: so that ranges meet and `::` stands in every place. */
const group = fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.constantFrom(1, 0xdb8, 0x2001, 0xffff, 0x10))
const v6 = fc
  .tuple(fc.array(group, { minLength: 8, maxLength: 8 }), fc.nat(128))
  .map(([groups, prefix]) => cidr(`${groups.map((one) => one.toString(16)).join(':')}/${prefix}`))

describe('overlapFilters', () => {
  it('asks for every IPv4 range that overlaps', () => {
    fc.assert(
      fc.property(v4, v4, (range, rule) => {
        const near = cidr(`${range.bytes.join('.')}/${rule.prefix}`)
        for (const other of [rule, near]) if (overlaps(range, other)) expect(isAskedFor(range, other.text)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('asks for every IPv6 range that overlaps, however its zeros are written', () => {
    fc.assert(
      fc.property(v6, v6, (range, rule) => {
        if (overlaps(range, rule)) expect(isAskedFor(range, rule.text)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  it('asks for ranges inside by their first octets', () => {
    const values = overlapFilters(cidr('172.16.0.0/12'))
      .flat()
      .filter((term) => term.operator === 'startswith')
    expect(values.map((term) => term.value)).toEqual(Array.from({ length: 16 }, (_, index) => `172.${16 + index}.`))
  })

  it('names an address and all that covers it, also without a prefix length', () => {
    const texts = coveringTexts(cidr('10.1.2.3'))
    expect(texts).toHaveLength(34)
    expect(texts.slice(0, 3)).toEqual(['10.1.2.3', '10.1.2.3/32', '10.1.2.2/31'])
    expect(texts.at(-1)).toBe('0.0.0.0/0')
  })

  it('keeps each request short', () => {
    for (const text of ['0.0.0.0/0', '10.0.0.0/9', '::/0', '2000::/3', '2001:db8::5']) {
      for (const group of overlapFilters(cidr(text))) expect(group.length).toBeLessThanOrEqual(24)
    }
  })
})
