import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { parseAddress } from '@shared/domain/address'

const urlOf = (typed: string): string => {
  const parsed = parseAddress(typed)
  return parsed.ok ? parsed.url : parsed.message
}

it.each([
  ['pbx.example.com', 'https://pbx.example.com:8887'],
  ['  PBX.Example.com ', 'https://pbx.example.com:8887'],
  ['pbx.example.com.', 'https://pbx.example.com:8887'],
  ['pbx.example.com:', 'https://pbx.example.com:8887'],
  ['pbx.example.com:08887', 'https://pbx.example.com:8887'],
  ['pbx.example.com:443', 'https://pbx.example.com:443'],
  ['https://pbx.example.com/#/calls?from=2026-01-01T08:00', 'https://pbx.example.com:8887'],
  ['pbx.example.com/a:99', 'https://pbx.example.com:8887'],
  ['pbx.example.com?x=:1', 'https://pbx.example.com:8887'],
  ['pbx\u200b.example.com\ufeff', 'https://pbx.example.com:8887'],
  ['münchen.example', 'https://xn--mnchen-3ya.example:8887'],
  ['xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example:8887'],
  ['192.0.2.10', 'https://192.0.2.10:8887'],
  ['１９２.0.2.10', 'https://192.0.2.10:8887'],
  ['2001:DB8:0::5', 'https://[2001:db8::5]:8887'],
  ['[2001:db8::5]:443', 'https://[2001:db8::5]:443'],
  ['http://localhost', 'http://localhost:8888'],
  ['http://127.0.0.2:80', 'http://127.0.0.2:80'],
  ['http://[::1]', 'http://[::1]:8888'],
])('%s is %s', (typed, url) => {
  expect(urlOf(typed)).toBe(url)
})

const ipv4 = /four numbers from 0 to 255/
it.each([
  ['', /Enter an address/],
  ['127.000.000.010', ipv4],
  ['010.0.0.1', ipv4],
  ['127.1', ipv4],
  ['10.0.0.5/24', /one address\. Remove the prefix length/],
  ['[2001:db8::5]/64', /one address\. Remove the prefix length/],
  ['2130706433', ipv4],
  ['0x7f.0.0.1', ipv4],
  ['１２７.1', ipv4],
  ['192.0.2.256', /host name or an IP address/],
  ['1.2.3.4.5', /host name or an IP address|cannot be a number/],
  ['https://https://pbx.example.com', /https:\/\/ once/],
  ['http//pbx.example.com', /https:\/\/ once/],
  ['ftp://pbx.example.com', /ftp:\/\/ is not supported/],
  ['http://pbx.example.com', /unencrypted/],
  ['http://[::ffff:192.0.2.1]', /unencrypted/],
  ['admin:secret@pbx.example.com', /username and password/],
  ['pbx.example.com\\@evil.example', /username and password|Remove \\/],
  ['pbx.example.com\\evil', /Remove \\/],
  ['pbx example.com', /Remove the space/],
  ['pbx.exa\tmple.com', /Remove the space/],
  ['pbx%2eexample.com', /Remove %/],
  ['pbx..example.com', /invalid characters/],
  ['-pbx.example.com', /invalid characters/],
  [`${'a'.repeat(64)}.example`, /invalid characters or is too long/],
  ['pbx.example.com:0', /port from 1 to 65535/],
  ['pbx.example.com:65536', /port from 1 to 65535/],
  ['pbx.example.com:88:99', /host name or an IP address/],
  ['pbx.example.com:https', /host name or an IP address/],
  ['fe80::1%eth0', /Remove %/],
  ['[2001:db8::5', /host name or an IP address/],
  ['.', /host name or an IP address|invalid/],
])('%j is refused', (typed, message) => {
  const parsed = parseAddress(typed)
  expect(parsed.ok, JSON.stringify(parsed)).toBe(false)
  expect(parsed.ok ? '' : parsed.message).toMatch(message)
})

test('an address that was parsed is parsed as itself, and whatever is accepted is one origin', () => {
  const part = fc.constantFrom(
    'pbx',
    'example.com',
    'https://',
    'http://',
    '192.0.2.1',
    '::1',
    '[',
    ']',
    ':',
    '.',
    '0',
    '8887',
    '/',
    '#',
    '@',
    '%',
    ' ',
    'ü',
    '\u200b',
    '-',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string(),
        fc.array(part, { maxLength: 7 }).map((parts) => parts.join('')),
      ),
      (typed) => {
        const parsed = parseAddress(typed)
        if (!parsed.ok) return
        expect(parseAddress(parsed.url)).toEqual(parsed)
        const { port, hostname, username, pathname } = new URL(parsed.url)
        // A URL leaves out the port of its scheme.
        expect(`${hostname}:${port}`.length).toBeLessThanOrEqual(260)
        expect([username, pathname]).toEqual(['', '/'])
      },
    ),
    { numRuns: 1000 },
  )
})
