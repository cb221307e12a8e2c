import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseCidr } from '@shared/domain/cidr'
import { typedCidr } from '@shared/domain/typed-cidr'
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

describe('other forms of a range', () => {
  test.each([
    ['10.1.2.0/255.255.255.0', '10.1.2.0/24'],
    ['10.1.2.9 255.255.255.255', '10.1.2.9/32'],
    ['172.16.9.9 / 255.240.0.0', '172.16.0.0/12'],
    ['[2001:db8::1]', '2001:db8::1/128'],
    ['[2001:db8::1]/64', '2001:db8::/64'],
    ['１０．０．０．１', '10.0.0.1/32'],
    ['10。0。0。1', '10.0.0.1/32'],
  ])('%s is %s, which is shown as a change', (typed, text) =>
    expect(typedCidr(typed)).toMatchObject({ ok: true, changed: true, cidr: { text } }),
  )
  test.each([
    ['10.0.0.0/255.0.255.0', '255.0.255.0 is not a subnet mask'],
    ['10.0.0.1/0.0.0.0', '0.0.0.0 is not a subnet mask'],
    ['10.0.0.1/0.0.0.255', '0.0.0.255 is not a subnet mask'],
    ['10.0.0.0-10.0.0.9', 'this one needs 2 rules: 10.0.0.0/29, 10.0.0.8/31'],
    ['10.0.0.1 to 10.0.0.1', 'Enter 10.0.0.1'],
    ['2001:db8:: – 2001:db8::ffff', 'Enter 2001:db8::/112'],
    ['10.0.0.1-10.0.1.254', 'not as first and last address'],
    ['10.0.0.9-10.0.0.1', 'ends before it starts'],
    ['10.1.*.*', 'Enter 10.1.0.0/16'],
    ['10.1.2', '10.1.2 has 3'],
    ['10.1.2.3.4', '10.1.2.3.4 has 5'],
    ['fe80::1%eth0', 'Remove %eth0'],
    ['10.0.0.1:5060', 'Remove the port :5060'],
    ['[2001:db8::1]:5061', 'Remove the port :5061'],
    ['10.0.0.1;', 'Enter 10.0.0.1'],
    ['(10.0.0.0/8)', 'Enter 10.0.0.0/8'],
    ['10.0.0.010', 'without leading zeros'],
    ['8.8.8.8 192.0.0.0', 'Expected an IPv4 or IPv6 address'],
    ['10.0.0.1²', 'Expected an IPv4 or IPv6 address'],
    ['pbx.example.com', 'Expected an IPv4 or IPv6 address'],
  ])('%s is refused, and the message says what to enter', (typed, message) =>
    expect(typedCidr(typed)).toEqual({ ok: false, message: expect.stringContaining(message) as string }),
  )

  const ipv4 = fc.tuple(...([0, 0, 0, 0] as const).map(() => fc.integer({ min: 0, max: 255 })))
  const maskOf = (prefix: number): string =>
    [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefix - from)))).join('.')
  test('a subnet mask is its prefix length', () =>
    fc.assert(
      fc.property(ipv4, fc.integer({ min: 1, max: 32 }), (bytes, prefix) => {
        const address = bytes.join('.')
        expect(typedCidr(`${address}/${maskOf(prefix)}`)).toMatchObject({
          cidr: { text: textOf(`${address}/${prefix}`) },
        })
      }),
    ))
  test('the ranges that a message names are exactly those from the first address to the last', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 5 }), (start, length) => {
        const reply = typedCidr(`192.0.2.${start}-192.0.2.${start + length}`)
        const named = reply.ok ? '' : (/(?:Enter|rules:) (.*)/.exec(reply.message)?.[1] ?? '')
        const covered = named.split(', ').flatMap((range) => {
          const parsed = parseCidr(range)
          if (!parsed.ok) return []
          const first = parsed.cidr.bytes[3] ?? 0
          return Array.from({ length: 2 ** (32 - parsed.cidr.prefix) }, (_, index) => first + index)
        })
        expect(covered).toEqual(Array.from({ length: length + 1 }, (_, index) => start + index))
      }),
    ))
})
