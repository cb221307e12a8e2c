import { cidrOf, overlaps, type Cidr } from './cidr'

/** Ranges that no attack from the Internet comes from, as lists of addresses to block contain them. */
const ranges: readonly (readonly [what: string, ...ranges: readonly string[]])[] = [
  ['private addresses', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
  ['addresses of this computer', '127.0.0.0/8', '::1/128'],
  ['unspecified addresses', '0.0.0.0/8', '::/128'],
  ['addresses of a carrier’s NAT', '100.64.0.0/10'],
  ['link-local addresses', '169.254.0.0/16', 'fe80::/10'],
  ['multicast addresses', '224.0.0.0/4', 'ff00::/8'],
]
const parsed = ranges.map(([what, ...texts]) => ({
  what,
  ranges: texts.map(cidrOf).filter((range) => range !== undefined),
}))

/** What a range contains that is not on the Internet, as `private addresses`. */
export const specialUse = (range: Cidr): string | undefined =>
  parsed.find((each) => each.ranges.some((other) => overlaps(other, range)))?.what
