import { defineSingle } from './resource'

const perServer = 'Each server has its own addresses'

/** The addresses under which the PBX is reached (GET and POST /network). */
export const network = defineSingle({
  id: 'network',
  label: 'Network',
  singular: 'network configuration',
  path: '/network',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'text',
      key: 'web_domain',
      label: 'Web domain',
      perServer,
      group: 'Web portal',
      help: 'Users open the web portal under this name. The certificate must cover it.',
    },
    {
      kind: 'address',
      family: 4,
      host: true,
      key: 'private_ipv4',
      label: 'Private IPv4 address',
      perServer,
      group: 'IPv4',
      help: 'A static address, never 127.0.0.1. If the server has only a public address, enter it here, too.',
    },
    {
      kind: 'address',
      family: 4,
      host: true,
      key: 'public_ipv4',
      label: 'Public IPv4 address',
      perServer,
      group: 'IPv4',
      help: 'A static address. Leave empty if there is none.',
    },
    { kind: 'switch', key: 'enable_ipv6', label: 'IPv6', group: 'IPv6', default: true },
    {
      kind: 'address',
      family: 6,
      host: true,
      key: 'private_ipv6',
      label: 'Private IPv6 address',
      perServer,
      group: 'IPv6',
      onlyWith: { key: 'enable_ipv6', is: [true] },
    },
    {
      kind: 'address',
      family: 6,
      host: true,
      key: 'public_ipv6',
      label: 'Public IPv6 address',
      perServer,
      group: 'IPv6',
      onlyWith: { key: 'enable_ipv6', is: [true] },
    },
    {
      kind: 'text',
      key: 'sbc_domain',
      label: 'SBC domain',
      perServer,
      group: 'SBC',
      help: 'Browsers and Teams reach the SBC under this name.',
      since: '22.6',
    },
    { kind: 'text', key: 'primary_dns_server', label: 'Primary DNS server', group: 'DNS' },
    { kind: 'text', key: 'secondary_dns_server', label: 'Secondary DNS server', group: 'DNS' },
  ],
})
