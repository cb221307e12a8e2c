import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namedIn, typedAddress, typedNumber } from '@shared/rows/typed-value'

describe('an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7/32'],
    [' 203.0.113.7 ', '203.0.113.7/32'],
    ['203.0.113.7/24', '203.0.113.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['[2001:db8::1]', '2001:db8::1/128'],
    ['::1', '::1/128'],
    ['::ffff:203.0.113.7', '203.0.113.7/32'],
    ['::FFFF:cb00:7107', '203.0.113.7/32'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7/32'],
    ['[::ffff:203.0.113.7]:5060', '203.0.113.7/32'],
    ['https://[::ffff:203.0.113.7]:8887/', '203.0.113.7/32'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::/0', '::/0'],
    ['::fffe:203.0.113.7', '::fffe:cb00:7107/128'],
    ['203.0.113.7:5060', '203.0.113.7/32'],
    ['[2001:db8::1]:5061', '2001:db8::1/128'],
    ['https://203.0.113.7:8887/admin?x=1', '203.0.113.7/32'],
    ['https://[2001:db8::1]:8887/', '2001:db8::1/128'],
    ['sip:203.0.113.7', '203.0.113.7/32'],
    ['sips:alice@203.0.113.7:5061;transport=tls', '203.0.113.7/32'],
    ['<sip:203.0.113.7:5060>', '203.0.113.7/32'],
    ['(203.0.113.7)', '203.0.113.7/32'],
    ['203.0.113.7,', '203.0.113.7/32'],
    ['[203.0.113.7]', '203.0.113.7/32'],
    ['"203.0.113.7"', '203.0.113.7/32'],
    ["'203.0.113.7',", '203.0.113.7/32'],
    ['`203.0.113.7`', '203.0.113.7/32'],
    ['„203.0.113.7“', '203.0.113.7/32'],
    ['203.0.113.7.', '203.0.113.7/32'],
    ['203.0.113.7:', '203.0.113.7/32'],
    ['203.0.113.7]', '203.0.113.7/32'],
    ['203.0.113.7;transport=udp', '203.0.113.7/32'],
    ['"203.0.113.7:5060"', '203.0.113.7/32'],
    ['"2001:db8::1".', '2001:db8::1/128'],
    ['<https://203.0.113.7/>;', '203.0.113.7/32'],
  ])('%j is %s', (text, range) => {
    expect(typedAddress(text)?.text).toBe(range)
  })

  test.each([
    '',
    '203',
    '203.0',
    '203.0.113',
    '203.0.113.',
    '203.0.113.256',
    '203.0.113.7/33',
    '203.0.113.7/',
    '12345',
    '12:30',
    'pbx.example.com',
    'https://pbx.example.com/',
    'sip:alice@pbx.example.com',
    '2001:db8:',
  ])('%j is none', (text) => {
    expect(typedAddress(text)).toBeUndefined()
  })
})

test.each([
  ['pbx.example.com:5061', 'pbx.example.com'],
  ['https://user:word@pbx.example.com:8887/x#y', 'pbx.example.com'],
  ['sip:alice@pbx.example.com:5061', 'pbx.example.com'],
  ['sip:pbx.example.com', 'pbx.example.com'],
  ['localhost:8887', 'localhost:8887'],
  ['203.0.113.0/24', '203.0.113.0/24'],
  ['12:30', '12:30'],
  ['server:berlin', 'server:berlin'],
  ['contoso', 'contoso'],
  ['<sip:+49301234567@pbx.example.com>;tag=7', '+49301234567'],
  ['(contoso)', '(contoso)'],
  ['contoso,', 'contoso,'],
])('%s names %s', (text, named) => {
  expect(namedIn(text)).toBe(named)
})

describe('a telephone number', () => {
  test.each([
    ['12345', '12345'],
    ['+49 30 123-456', '4930123456'],
    ['+49 (30) 123-456', '4930123456'],
    ['+49/30/123456', '4930123456'],
    ['0049 30 123456', '4930123456'],
    ['030 123456', '30123456'],
    ['555.123.4567', '5551234567'],
    ['2024-1177', '20241177'],
    [' 12345 ', '12345'],
    ['+49 (0)30 123456', '4930123456'],
    ['0049 (0)30 123456', '4930123456'],
    ['tel:+49-30-123456', '4930123456'],
    ['TEL:030123456;phone-context=+49', '30123456'],
    ['sip:+4930123456@pbx.example.com;user=phone', '4930123456'],
    ['<sip:+4930123456@pbx.example.com:5060>;tag=7', '4930123456'],
    ['<tel:+49-30-123456>', '4930123456'],
    ['030 – 123456', '30123456'],
  ])('%j is %s', (text, number) => {
    expect(typedNumber(text)).toBe(number)
  })

  test.each([
    '',
    '+',
    '1234',
    '0001234',
    '12345a',
    'PBX 12345',
    '1+2345',
    '203.0.113.7',
    '203.0.113',
    '203.0.113.',
    '192.168.100/',
    '192.168.100.0/',
    '203.0.113.256',
    '192.168.100.0/240',
    '203.0.113.1-203.0.113.20',
    '203.0.113.1 - 203.0.113.20',
    '203.0.113.1 203.0.113.2',
    '(203.0.113.7)',
    '203.0.113.7,',
  ])('%j is none', (text) => {
    expect(typedNumber(text)).toBeUndefined()
  })
})

const v4 = fc.ipV4()
const prefixed = fc.oneof(
  v4,
  fc.tuple(v4, fc.integer({ min: 0, max: 32 })).map((parts) => parts.join('/')),
)

test('an address or range, and any beginning of one, is never a telephone number', () => {
  fc.assert(
    fc.property(fc.oneof(prefixed, fc.ipV6()), fc.nat({ max: 50 }), (text, length) => {
      expect(typedNumber(text)).toBeUndefined()
      const beginning = text.slice(0, length)
      // Digits without a dot or a colon can be anything, but a part of an address is short.
      expect(typedNumber(beginning)).toBeUndefined()
    }),
  )
})
