import ipaddr from 'ipaddr.js'
import { withoutInvisible } from '../text/invisible'

export type IpFamily = 'ipv4' | 'ipv6'

/** A range of addresses in canonical form (host bits zero, IPv6 compressed), for example `41.202.0.0/16`. */
export interface Cidr {
  readonly text: string
  readonly family: IpFamily
  readonly bytes: readonly number[]
  readonly prefix: number
  /** The range of IPv4-mapped addresses as which this IPv4 range was written. */
  readonly mapped?: Cidr
}

export type CidrResult =
  | { readonly ok: true; readonly cidr: Cidr; readonly changed: boolean }
  | { readonly ok: false; readonly message: string }

const strictV4 = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/

/** The four numbers of a text in the form of IPv4, also those above 255; undefined for other texts. */
const fourNumbers = (text: string): readonly number[] | undefined =>
  strictV4.test(text) ? text.split('.').map(Number) : undefined

const isByte = (number: number): boolean => number <= 255

/** Four decimal numbers without leading zeros, which all programs read alike. */
export const isStrictIpv4 = (text: string): boolean => fourNumbers(text)?.every(isByte) ?? false

/**
 * Converts the last four bytes of an IPv6 address to hexadecimal: `::ffff:192.0.2.1` is `::ffff:c000:201`. Undefined if
 * they are no IPv4 address.
 */
function withoutDots(address: string): string | undefined {
  const start = address.lastIndexOf(':') + 1
  const dotted = address.slice(start)
  if (!dotted.includes('.')) return address
  if (!isStrictIpv4(dotted)) return undefined
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number)
  return `${address.slice(0, start)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

/** The bytes of an IPv6 address without a zone index; undefined for other texts. */
function bytesOfIpv6(address: string): readonly number[] | undefined {
  const text = withoutDots(address)
  if (text === undefined || text.includes('%') || !text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined
  return ipaddr.IPv6.parse(text).toByteArray()
}

const masked = (bytes: readonly number[], prefix: number): number[] =>
  bytes.map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, prefix - index * 8))) & 0xff)

/**
 * Parses and normalizes an address or CIDR range: host bits are cleared, and a single address gets /32 or /128.
 * `changed` is true if the canonical text differs from the input. IPv4 in other forms than four decimal numbers is
 * refused, because programs disagree about 010.1; an IPv6 zone index is refused, too.
 */
export function parseCidr(typed: string): CidrResult {
  const text = withoutInvisible(typed).trim()
  const [address = '', prefixText, ...more] = text.split('/')
  if (more.length > 0) return { ok: false, message: 'Only one / is expected, before the prefix length' }
  const v4 = fourNumbers(address)
  const v6 = v4 === undefined ? bytesOfIpv6(address) : undefined
  const given = v4 ?? v6
  if (given === undefined) {
    return {
      ok: false,
      message: 'Expected an IPv4 or IPv6 address, alone or with a prefix length: 192.0.2.0/24 or 2001:db8::/32',
    }
  }
  if (v4?.every(isByte) === false) return { ok: false, message: 'Each of the four numbers is 0 to 255' }
  const bits = given.length * 8
  if (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText))
    return { ok: false, message: `The prefix length is a number from 0 to ${bits}` }
  const prefix = prefixText === undefined ? bits : Number(prefixText)
  if (prefix > bits) return { ok: false, message: `The maximum prefix length is ${bits}` }
  const bytes = masked(given, prefix)
  const network = v4 === undefined ? new ipaddr.IPv6(bytes).toString() : bytes.join('.')
  const canonical = `${network}/${prefix}`
  return {
    ok: true,
    changed: canonical !== typed.trim(),
    cidr: { text: canonical, family: v4 === undefined ? 'ipv6' : 'ipv4', bytes, prefix },
  }
}

/** The range that a text is; undefined if it is none. */
export function cidrOf(text: string): Cidr | undefined {
  const parsed = parseCidr(text)
  return parsed.ok ? parsed.cidr : undefined
}

const mappedHead = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

/** Whether an IPv6 address is an IPv4-mapped one: its last four bytes are the IPv4 address. */
export const isMapped = (bytes: readonly number[]): boolean => mappedHead.every((byte, at) => bytes[at] === byte)

/** The IPv4 range that a range of IPv4-mapped addresses is: `192.0.2.0/24` for `::ffff:192.0.2.0/120`; others as they are. */
export function asIpv4(range: Cidr): Cidr {
  if (range.family === 'ipv4' || range.prefix < 96 || !isMapped(range.bytes)) return range
  const [bytes, prefix] = [range.bytes.slice(12), range.prefix - 96]
  return { text: `${bytes.join('.')}/${prefix}`, family: 'ipv4', bytes, prefix, mapped: range }
}

/** The range that a text is, compared as what it stands for; undefined if it is none. */
export function comparedCidr(text: string): Cidr | undefined {
  const range = cidrOf(text)
  return range === undefined ? undefined : asIpv4(range)
}

/** True if every address of `inner` is in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  if (outer.family !== inner.family || outer.prefix > inner.prefix) return false
  const head = masked(inner.bytes, outer.prefix)
  return outer.bytes.every((byte, index) => byte === head[index])
}

/** The network of this prefix length that contains the range, as a key for maps; for prefix lengths up to its own. */
export const networkKey = ({ family, bytes }: Cidr, prefix: number): string =>
  `${family} ${masked(bytes, prefix).join('.')}/${prefix}`

/** Two CIDR ranges overlap only if one contains the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a)

/** As it was written: an IPv4-mapped range as IPv6. */
const written = (range: Cidr): Cidr => range.mapped ?? range

/** The same for ranges of `comparedCidr`: an IPv4-mapped one is compared as IPv4 and as IPv6. */
export const meets = (a: Cidr, b: Cidr): boolean => overlaps(a, b) || overlaps(written(a), written(b))

/** Whether one has all addresses of the other, compared in the same way. */
export const meetsAll = (outer: Cidr, inner: Cidr): boolean =>
  contains(outer, inner) || contains(written(outer), written(inner))

/** The number of addresses in the range. */
export const size = (cidr: Cidr): bigint => 2n ** BigInt((cidr.family === 'ipv4' ? 32 : 128) - cidr.prefix)
