import { port } from './port'
import { defineList } from './resource'

/** SIP transports that the PBX listens on (GET /transports and below). */
export const transport = defineList({
  id: 'transports',
  label: 'Transports',
  singular: 'transport',
  path: '/transports',
  roles: ['SystemAdmin'],
  nameKey: 'protocol',
  identity: ['protocol', 'port'],
  unique: ['port'],
  paged: true,
  fields: [
    {
      kind: 'choice',
      key: 'protocol',
      label: 'Protocol',
      help: 'Cannot be changed later. TLS requires a certificate first.',
      required: true,
      createOnly: true,
      inTable: true,
      sortable: true,
      width: 140,
      choices: [
        { value: 'UDP', label: 'UDP' },
        { value: 'TCP', label: 'TCP' },
        { value: 'TLS', label: 'TLS' },
      ],
    },
    {
      ...port,
      key: 'port',
      label: 'Port',
      help: 'Usually UDP 5060, TCP 5063, TLS 5061. Open the port in the system and cloud firewalls, too.',
      required: true,
      inTable: true,
      sortable: true,
      width: 120,
    },
    {
      kind: 'choice',
      key: 'verification',
      label: 'Client certificate verification',
      column: 'Client certificate',
      help: 'Optional requests a certificate from TLS clients; Mandatory requires it.',
      inTable: true,
      sortable: true,
      width: 200,
      onlyWith: { key: 'protocol', is: ['TLS'] },
      choices: [
        { value: 'DISABLE', label: 'Off' },
        { value: 'OPTIONAL', label: 'Optional' },
        { value: 'MANDATORY', label: 'Mandatory' },
      ],
    },
    { kind: 'id', key: 'id', label: 'ID', readOnly: true, inTable: 'optional', width: 220 },
  ],
})
