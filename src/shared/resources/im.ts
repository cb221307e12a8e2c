import { defineSingle } from './resource'

/** The addresses of the server for instant messages and files (GET and POST /im). */
export const im = defineSingle({
  id: 'im',
  label: 'IM server',
  one: 'IM server configuration',
  path: '/im',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'address',
      family: 4,
      key: 'private_ipv4',
      label: 'Private IPv4 address',
      help: 'The PBX must have a lasting ACCEPT rule for the IM server’s address, or chat stops.',
    },
    {
      kind: 'address',
      family: 4,
      key: 'public_ipv4',
      label: 'Public IPv4 address',
      help: 'Apps outside the network fetch chat and files here.',
    },
    { kind: 'address', family: 6, key: 'private_ipv6', label: 'Private IPv6 address' },
    { kind: 'address', family: 6, key: 'public_ipv6', label: 'Public IPv6 address' },
  ],
})
