import ipaddr from 'ipaddr.js'

/** The port of the PBX's REST API over HTTPS. */
export const defaultPort = 8887

export type AddressResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string }

const isLoopback = (host: string): boolean => {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const bare = host.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(bare) && ipaddr.parse(bare).range() === 'loopback'
}

const refuse = (message: string): AddressResult => ({ ok: false, message })

/**
 * Parses the address of a PBX as typed: `pbx.example.com`, `pbx.example.com:8887`, `https://…:8887`, `10.0.0.5`,
 * `2001:db8::5` or `[2001:db8::5]:8887`. Returns the origin `https://host:port`, with 8887 by default. Plain HTTP is
 * refused except to loopback. The path of a pasted portal link is removed.
 */
export function parseAddress(typed: string): AddressResult {
  const text = typed.trim()
  if (text === '') return refuse('Enter an address, for example pbx.example.com')
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http')
    return refuse(`${scheme}:// is not supported. Use https://`)
  const rest = scheme === undefined ? text : text.slice(scheme.length + 3)
  const authority = ipaddr.IPv6.isValid(rest) ? `[${rest}]` : rest
  let url: URL
  try {
    url = new URL(`${scheme ?? 'https'}://${authority}`)
  } catch {
    return refuse('Enter a host name or an IP address, with a port if it is not 8887')
  }
  if (url.username !== '' || url.password !== '') return refuse('Remove the username and password from the address')
  if (
    !/^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?)$/.test(url.hostname)
  ) {
    return refuse('The host name contains invalid characters')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse('Plain HTTP sends the password unencrypted. Use https://')
  }
  const typedPort = /:(\d+)(?:[/?#]|$)/.exec(authority.replace(/^\[[^\]]*\]/, ''))?.[1]
  const port = typedPort ?? (url.protocol === 'https:' ? String(defaultPort) : '8888')
  return { ok: true, url: `${url.protocol}//${url.hostname}:${port}` }
}
