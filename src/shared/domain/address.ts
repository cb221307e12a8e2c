import ipaddr from 'ipaddr.js'
import { withoutInvisible } from '../text/invisible'
import { isStrictIpv4 } from './cidr'

/** The port of the PBX's REST API over HTTPS. */
export const defaultPort = 8887
const plainPort = 8888

export type AddressResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string }

const isLoopback = (host: string): boolean => {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const bare = host.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) && ipaddr.parse(bare).range() === 'loopback'
}

const refuse = (message: string): AddressResult => ({ ok: false, message })

const label = String.raw`[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?`
const hostName = new RegExp(String.raw`^${label}(\.${label})*$`)
const maxHostLength = 253
/** It ends with a number, decimal or hexadecimal. */
const isNumeric = /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i

/** Characters that a browser drops or reads as another separator, so that people and programs read different hosts. */
const misread = /[\s\\%|^<>"'`{}]/

/** `authority` is what is between the scheme and the path. */
interface Parts {
  readonly scheme: string | undefined
  readonly authority: string
}

function partsOf(text: string): Parts {
  const [, scheme, rest = text] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? []
  return { scheme: scheme?.toLowerCase(), authority: rest.split(/[/?#]/, 1)[0] ?? '' }
}

/** A range of addresses is no address of a server. */
const range = /^[\d.]+\/\d{1,2}$|^\[?[\da-f]*:[\da-f:.]*\]?\/\d{1,3}$/i

/** The host in its normal form, or why it is none. */
function hostOf(typed: string): { readonly host: string } | { readonly message: string } {
  let host: string
  try {
    // As a browser does: lower case, international names as xn--, IPv6 compressed.
    host = new URL(`https://${typed}`).hostname.replace(/\.$/, '')
  } catch {
    return { message: 'Enter a host name or an IP address, with a port if it is not 8887' }
  }
  if (host.startsWith('[')) return { host }
  if (!hostName.test(host) || host.length > maxHostLength)
    return { message: 'The host name contains invalid characters or is too long' }
  // A browser reads 127.1, 0x7f.1 and 010.0.0.1 as addresses, others as other addresses or as names.
  if (isStrictIpv4(host) && !isStrictIpv4(typed.normalize('NFKC').replace(/\.$/, '')))
    return { message: 'Enter an IPv4 address as four numbers from 0 to 255 without leading zeros, such as 192.0.2.10' }
  if (!isStrictIpv4(host) && isNumeric.test(host)) return { message: 'The end of a host name cannot be a number' }
  if (host === 'http' || host === 'https') return { message: 'Enter https:// once, followed by the host name' }
  return { host }
}

/** The library throws for each other text, which takes longer than all the rest. */
const isIpv6 = (text: string): boolean => /:.*:/.test(text) && ipaddr.IPv6.isValid(text)

/**
 * Parses the address of a PBX as typed: `pbx.example.com`, `pbx.example.com:8887`, `https://…:8887`, `10.0.0.5`,
 * `2001:db8::5` or `[2001:db8::5]:8887`. Returns the origin `https://host:port`, with 8887 by default. Plain HTTP is
 * refused except to loopback. The path of a pasted portal link is removed.
 */
export function parseAddress(typed: string): AddressResult {
  const text = withoutInvisible(typed).trim()
  if (text === '') return refuse('Enter an address, for example pbx.example.com')
  const { scheme, authority } = partsOf(text)
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http')
    return refuse(`${scheme}:// is not supported. Use https://`)
  if (scheme === undefined && range.test(text))
    return refuse('A server has one address. Remove the prefix length behind the slash')
  if (authority.includes('@')) return refuse('Remove the username and password from the address')
  const misreadCharacter = misread.exec(authority)?.[0]
  if (misreadCharacter !== undefined)
    return refuse(
      misreadCharacter.trim() === ''
        ? 'Remove the space from the address'
        : `Remove ${misreadCharacter} from the address`,
    )
  const [, bracketed, name = '', portText] = /^(?:(\[[^\]]*\])|([^:]*))(?::(\d*))?$/.exec(authority) ?? []
  const typedHost = isIpv6(authority) ? `[${authority}]` : (bracketed ?? name)
  const found = hostOf(typedHost)
  if ('message' in found) return refuse(found.message)
  const { host } = found
  const isPlain = scheme === 'http'
  if (isPlain && !isLoopback(host)) return refuse('Plain HTTP sends the password unencrypted. Use https://')
  const port = portText ? Number(portText) : isPlain ? plainPort : defaultPort
  if (port < 1 || port > 65_535) return refuse('Enter a port from 1 to 65535')
  return { ok: true, url: `${isPlain ? 'http' : 'https'}://${host}:${port}` }
}
