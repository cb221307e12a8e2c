import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseCidr, typedCidr } from '@shared/domain/cidr'
import { isRealDate } from '@shared/domain/real-date'

const textOf = (typed: string): string => {
  const parsed = parseCidr(typed)
  return parsed.ok ? parsed.cidr.text : 'refused'
}

describe('an IPv6 address that ends in an IPv4 one', () => {
  it.each([
    ['::1.2.3.4/96', '::/96'],
    ['::1.2.3.4', '::102:304/128'],
    ['::ffff:192.0.2.1', '::ffff:c000:201/128'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221/128'],
    ['2001:db8:1:2:3:4:192.0.2.1/128', '2001:db8:1:2:3:4:c000:201/128'],
    ['::010.1.1.1', 'refused'],
    ['::ffff:0x1.2.3.4', 'refused'],
    ['::ffff:1.2.3', 'refused'],
    ['::ffff:1.2.3.256', 'refused'],
    ['1:2:3:4:5:6:7:1.2.3.4', 'refused'],
    ['1.2.3.4::', 'refused'],
  ])('%s is %s', (typed, text) => expect(textOf(typed)).toBe(text))

  it('is the same as in hexadecimal, with any prefix', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(
        fc.constantFrom('::', '::ffff:', '64:ff9b::', '2001:db8::'),
        byte,
        byte,
        byte,
        byte,
        (head, a, b, c, d) => {
          const groups = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
          expect(textOf(`${head}${a}.${b}.${c}.${d}`)).toBe(textOf(`${head}${groups}`))
        },
      ),
    )
  })
})

describe('a date', () => {
  it.each(['2027-02-28', '2028-02-29T10:00:00Z', '2027-12-31 00:00Z'])('%s is one', (text) =>
    expect(isRealDate(text)).toBe(true),
  )
  it.each([
    '2027-02-29',
    '2027-02-31T18:00:00Z',
    '2027-04-31 18:00Z',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    'soon',
  ])('%s is none', (text) => expect(isRealDate(text)).toBe(false))
})

describe('what a person typed', () => {
  test('loses characters that nobody sees', () =>
    expect(typedCidr('198.51.100.7\u200B')).toMatchObject({
      ok: true,
      changed: true,
      cidr: { text: '198.51.100.7/32' },
    }))
  test.each([
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::ffff:c633:6400/120', '198.51.100.0/24'],
    ['::FFFF:7f00:1', '127.0.0.1'],
    ['0:0:0:0:0:ffff:198.51.100.77/125', '198.51.100.72/29'],
    ['::198.51.100.7', '198.51.100.7'],
    ['::c633:6407', '198.51.100.7'],
    ['::ffff:198.51.100.0/24', '198.51.100.0/24'],
    ['::198.51.100.0/24', '198.51.100.0/24'],
    ['::ffff:198.51.100.7/64', '198.51.100.7'],
  ])('%s is refused, because its rule would not match IPv4', (typed, range) =>
    expect(typedCidr(typed)).toEqual({ ok: false, message: `An IPv4 address in the form of IPv6. Enter ${range}` }),
  )
  test('other IPv6 ranges are read', () => {
    for (const text of ['::', '::1', '::/0', '::1/128', '2001:db8::/32', '::ffff:0:0/95', '64:ff9b::192.0.2.33'])
      expect(typedCidr(text), text).toMatchObject({ ok: true })
  })
})
