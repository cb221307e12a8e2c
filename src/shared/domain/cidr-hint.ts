import ipaddr from 'ipaddr.js'
import { cidrOf, size, type Cidr, type IpFamily } from './cidr'

/** More would be no help. */
const namedMax = 4

/** The first address as a number. */
const valueOf = ({ bytes }: Cidr): bigint => bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)

const lastOf = (range: Cidr): bigint => valueOf(range) + size(range) - 1n

function textOf(value: bigint, family: IpFamily): string {
  const length = family === 'ipv4' ? 4 : 16
  const bytes = Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn))
  return ipaddr.fromByteArray(bytes).toString()
}

/** The CIDR ranges that together are all addresses from one to another; undefined if there are too many to name. */
function rangesBetween(first: Cidr, last: Cidr): readonly string[] | undefined {
  const bits = first.family === 'ipv4' ? 32 : 128
  const end = lastOf(last)
  const ranges: string[] = []
  for (let at = valueOf(first); at <= end;) {
    let free = 0
    while (free < bits && at % (1n << BigInt(free + 1)) === 0n && at + (1n << BigInt(free + 1)) - 1n <= end) free++
    ranges.push(free === 0 ? textOf(at, first.family) : `${textOf(at, first.family)}/${bits - free}`)
    if (ranges.length > namedMax) return undefined
    at += 1n << BigInt(free)
  }
  return ranges
}

function rangeHint(text: string): string | undefined {
  const [from = '', to = '', ...more] = text.split(/[-\u2010-\u2015]|\bto\b/i)
  const [first, last] = [cidrOf(from), cidrOf(to)]
  if (more.length > 0 || first === undefined || last?.family !== first.family) return undefined
  if (valueOf(first) > lastOf(last)) return `The range ${text} ends before it starts`
  const ranges = rangesBetween(first, last)
  if (ranges === undefined)
    return 'A range is entered with a prefix length, as 192.0.2.0/24, not as first and last address'
  return ranges.length === 1
    ? `A range is entered with a prefix length. Enter ${ranges.join()}`
    : `A range is entered with a prefix length, and this one needs ${ranges.length} rules: ${ranges.join(', ')}`
}

function wildcardHint(text: string): string | undefined {
  const [, known] = /^((?:\d{1,3}\.){1,3})\*(?:\.\*)*$/.exec(text) ?? []
  if (known === undefined) return undefined
  const numbers = known.split('.').filter(Boolean)
  const address = [...numbers, '0', '0', '0'].slice(0, 4).join('.')
  const range = cidrOf(`${address}/${numbers.length * 8}`)
  return range && `A range is entered with a prefix length. Enter ${range.text}`
}

/** The same address without what does not belong to it. */
function partHint(text: string): string | undefined {
  const [, zoned, zone] = /^([\d:a-f.]+)(%[\w.-]+)(?:\/\d+)?$/i.exec(text) ?? []
  if (zoned !== undefined && cidrOf(zoned)) return `Remove ${zone} from the address`
  const [, v4, v6, port] = /^(?:([\d.]+)|\[([\d:a-f.]+)\])(:\d{1,5})$/i.exec(text) ?? []
  if (cidrOf(v4 ?? v6 ?? '')) return `Remove the port ${port}`
  const [, clean] = /^[\s<("',;]*([\d:a-f./]+)[\s>)"',;]*$/i.exec(text) ?? []
  return clean !== undefined && clean !== text && cidrOf(clean) ? `Enter ${clean}` : undefined
}

function numbersHint(text: string): string | undefined {
  const [address = ''] = text.split('/')
  if (!/^\d{1,3}(?:\.\d{1,3})*\.?$/.test(address)) return undefined
  const numbers = address.split('.').filter(Boolean)
  if (numbers.length !== 4) return `An IPv4 address has four numbers, as 192.0.2.0; ${address} has ${numbers.length}`
  return numbers.some((number) => /^0\d/.test(number))
    ? 'Enter the four numbers without leading zeros, because programs read them differently'
    : undefined
}

/** What to enter for a text that is no CIDR range, where that is known: a range of addresses, a wildcard, a port. */
export const cidrHint = (text: string): string | undefined =>
  rangeHint(text) ?? wildcardHint(text) ?? partHint(text) ?? numbersHint(text)
