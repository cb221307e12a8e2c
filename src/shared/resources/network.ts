import { defineSingle } from './resource'

/** The addresses under which the PBX is reached (GET and POST /network). */
export const network = defineSingle({
  id: 'network',
  label: 'Network',
  one: 'network configuration',
  path: '/network',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'text',
      key: 'web_domain',
      label: 'Web domain',
      group: 'Web portal',
      help: 'The name under which people open the web portal. The certificate must cover it.',
    },
    {
      kind: 'address',
      family: 4,
      key: 'private_ipv4',
      label: 'Private IPv4 address',
      group: 'IPv4',
      help: 'A static address, never 127.0.0.1. A server with a public address alone has it here, too.',
    },
    {
      kind: 'address',
      family: 4,
      key: 'public_ipv4',
      label: 'Public IPv4 address',
      group: 'IPv4',
      help: 'A static address; empty where there is none.',
    },
    { kind: 'switch', key: 'enable_ipv6', label: 'IPv6', group: 'IPv6', default: true },
    {
      kind: 'address',
      family: 6,
      key: 'private_ipv6',
      label: 'Private IPv6 address',
      group: 'IPv6',
      onlyWith: { key: 'enable_ipv6', is: [true] },
    },
    {
      kind: 'address',
      family: 6,
      key: 'public_ipv6',
      label: 'Public IPv6 address',
      group: 'IPv6',
      onlyWith: { key: 'enable_ipv6', is: [true] },
    },
    { kind: 'text', key: 'primary_dns_server', label: 'First DNS server', group: 'Name servers' },
    { kind: 'text', key: 'secondary_dns_server', label: 'Second DNS server', group: 'Name servers' },
  ],
})
