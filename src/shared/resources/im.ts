import { defineSingle } from './resource'

const perServer = 'Each server has its own addresses'

/** The addresses of the server for instant messages and files (GET and POST /im). */
export const im = defineSingle({
  id: 'im',
  label: 'IM server',
  singular: 'IM server configuration',
  path: '/im',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'address',
      family: 4,
      key: 'private_ipv4',
      label: 'Private IPv4 address',
      perServer,
      help: 'The PBX needs a permanent allow rule for the address of the IM server, or chat stops.',
    },
    {
      kind: 'address',
      family: 4,
      key: 'public_ipv4',
      label: 'Public IPv4 address',
      perServer,
      help: 'Apps outside the network load chat and files from this address.',
    },
    { kind: 'address', family: 6, key: 'private_ipv6', label: 'Private IPv6 address', perServer },
    { kind: 'address', family: 6, key: 'public_ipv6', label: 'Public IPv6 address', perServer },
  ],
})
