import { withoutInvisible } from '../text/invisible'
import { cidrHint } from './cidr-hint'
import { isMapped, isStrictIpv4, parseCidr, type CidrResult } from './cidr'

/** Full-width signs of Asian keyboards, and the dots that are typed with them. */
const asciiSigns = (text: string): string =>
  text
    .replaceAll(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u3002\uff61]/g, '.')

/** After a blank alone, only what cannot be another address. */
const masked = /^([\d.]+)(?:\s*\/\s*(\d+(?:\.\d+){3})|\s+(255(?:\.\d+){3}))$/
const bracketed = /^\[([\d:a-f.]+)\](\/\d+)?$/i

/** The prefix length of a subnet mask, such as 24 of 255.255.255.0; undefined if its ones are not all at the left. */
function prefixOf(mask: string): number | undefined {
  if (!isStrictIpv4(mask)) return undefined
  const bits = mask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('')
  // All zeros are also the wildcard mask of a single address.
  return /^1+0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined
}

/** The IPv4 address in the form of IPv6 that a text is, as `::ffff:192.0.2.1`, or the older `::192.0.2.1`; `::1` is none. */
function embeddedIpv4(typed: string): string | undefined {
  const parsed = parseCidr(typed.split('/')[0] ?? '')
  if (!parsed.ok || parsed.cidr.family === 'ipv4') return undefined
  const { bytes } = parsed.cidr
  const ipv4 = bytes.slice(12)
  const isCompatible = bytes.slice(0, 12).every((byte) => byte === 0) && (ipv4[0] !== 0 || ipv4[1] !== 0)
  return isMapped(bytes) || isCompatible ? ipv4.join('.') : undefined
}

/** The message for an IPv4 address in the form of IPv6; undefined for other ranges. */
function embeddedProblem(text: string, prefix: number): string | undefined {
  const ipv4 = embeddedIpv4(text)
  if (ipv4 === undefined || (ipv4 === '0.0.0.0' && prefix < 96)) return undefined
  const length = prefix >= 96 ? prefix - 96 : prefix
  const range = length > 32 ? undefined : parseCidr(`${ipv4}/${length}`)
  const meant = !range?.ok || length === 32 ? ipv4 : range.cidr.text
  return `An IPv4 address in the form of IPv6. Enter ${meant}`
}

/**
 * Parses what a person typed or pasted: as `parseCidr`, also with a subnet mask in place of the prefix length, in
 * brackets, and with full-width signs; `changed` is true for these. Refuses IPv4 addresses in the form of IPv6
 * (`::ffff:192.0.2.1`), because a rule for them would not match IPv4 traffic, and with a prefix length of IPv4 it would
 * be for a large range of IPv6. The message names what to enter where that is known.
 */
export function typedCidr(typed: string): CidrResult {
  const text = asciiSigns(withoutInvisible(typed)).trim().replace(bracketed, '$1$2')
  const [, address = '', afterSlash, afterBlank] = masked.exec(text) ?? []
  const mask = afterSlash ?? afterBlank
  const prefix = mask === undefined ? undefined : prefixOf(mask)
  if (mask !== undefined && prefix === undefined)
    return { ok: false, message: `${mask} is not a subnet mask. Enter a prefix length, as in 192.0.2.0/24` }
  const parsed = parseCidr(prefix === undefined ? text : `${address}/${prefix}`)
  if (!parsed.ok) return { ok: false, message: cidrHint(text) ?? parsed.message }
  const problem = parsed.cidr.family === 'ipv6' ? embeddedProblem(text, parsed.cidr.prefix) : undefined
  if (problem !== undefined) return { ok: false, message: problem }
  return { ...parsed, changed: parsed.cidr.text !== typed.trim() }
}
