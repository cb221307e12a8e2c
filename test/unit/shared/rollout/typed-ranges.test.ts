import { expect, test } from 'vitest'
import { readRanges } from '@shared/rollout/typed-ranges'

test.each([
  ['41.202.7.9/16', ['41.202.0.0/16']],
  ['203.0.113.9', ['203.0.113.9/32']],
  ['203.0.113.9, 203.0.113.10;2001:DB8::1', ['203.0.113.9/32', '203.0.113.10/32', '2001:db8::1/128']],
  ['203.0.113.9 # scanner, see 10.0.0.1\r\n\r\n# remark', ['203.0.113.9/32']],
  ['203.0.113.9\n203.0.113.9/32\n203.0.113.9', ['203.0.113.9/32']],
  ['41.202.7.9\n9.9.9.9\n41.202.0.0/16', ['9.9.9.9/32', '41.202.0.0/16']],
  ['10.0.0.0/8 10.1.0.0/16 10.0.0.0/9', ['10.0.0.0/8']],
  ['::/0 1.2.3.4', ['::/0', '1.2.3.4/32']],
  ['https://198.51.100.7:8887/x 198.51.100.8:5060', ['198.51.100.7/32', '198.51.100.8/32']],
  ['10.1.2.0 255.255.255.0\n10.1.3.0\t255.255.255.0, 9.9.9.9', ['10.1.2.0/24', '10.1.3.0/24', '9.9.9.9/32']],
  ['', []],
])('%j is sent as %j', (typed, ranges) => expect(readRanges(typed).ranges).toEqual(ranges))

test('says what is sent in another form, what another range contains, and which lines are no address', () => {
  expect(readRanges('41.202.7.9/16\n41.202.1.1\n300.1.1.1\n8.8.8.8 010.1.1.1 nobody')).toEqual({
    ranges: ['41.202.0.0/16', '8.8.8.8/32'],
    changed: [{ text: '41.202.7.9/16', range: '41.202.0.0/16' }],
    repeated: 1,
    problems: [
      { line: 3, text: '300.1.1.1', message: 'Each of the four numbers is 0 to 255' },
      { line: 4, text: '010.1.1.1', message: expect.stringContaining('without leading zeros') },
      { line: 4, text: 'nobody', message: expect.stringContaining('Expected an IPv4 or IPv6 address') },
    ],
  })
})

test('the end of a range is no address on its own', () =>
  expect(readRanges('10.0.0.0 – 10.0.0.255')).toMatchObject({
    ranges: [],
    problems: [{ line: 1, message: 'A range is entered with a prefix length. Enter 10.0.0.0/24' }],
  }))

test.each([
  ['10.0.0.0 0.0.0.255', [], '10.0.0.0/0.0.0.255', '0.0.0.255 is not a subnet mask'],
  ['10.0.0.0,255.255.255.0', ['10.0.0.0/32'], '255.255.255.0', 'is a subnet mask without its address'],
  ['10.0.0.0/24 - 10.0.1.0/24', [], '10.0.0.0/24-10.0.1.0/24', 'Enter 10.0.0.0/23'],
])('%j: a mask is no address, and the end of a range counts as a whole', (typed, ranges, text, message) =>
  expect(readRanges(typed)).toMatchObject({
    ranges,
    problems: [{ line: 1, text, message: expect.stringContaining(message) }],
  }),
)
