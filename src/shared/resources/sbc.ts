import { port } from './port'
import { defineSingle } from './resource'

const perServer = 'Each server has its own SBC'

/** What the PBX knows of its session border controller (GET and POST /sbc). */
export const sbc = defineSingle({
  id: 'sbc',
  label: 'SBC',
  singular: 'SBC configuration',
  path: '/sbc',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'text',
      key: 'domain',
      label: 'SBC domain',
      perServer,
      help: 'Browsers and Teams reach the SBC under this name. The certificate in the SBC portal must cover it.',
    },
    {
      ...port,
      key: 'http_port',
      label: 'HTTP port',
      perServer,
      neverBlank: true,
      default: 8882,
    },
    {
      ...port,
      key: 'https_port',
      label: 'HTTPS port',
      perServer,
      help: 'Used by WebRTC clients and the SBC portal.',
      neverBlank: true,
      default: 8883,
    },
    {
      kind: 'rows',
      key: 'transports',
      label: 'Transports',
      perServer,
      help: 'Usually 5065, 5066, 5067 and 5069 on the PBX host. Open each port in the firewalls.',
      fields: [
        {
          kind: 'choice',
          key: 'protocol',
          label: 'Protocol',
          required: true,
          choices: [
            { value: 'UDP', label: 'UDP' },
            { value: 'TCP', label: 'TCP' },
            { value: 'TLS', label: 'TLS' },
          ],
        },
        { ...port, key: 'port', label: 'Port', required: true },
      ],
    },
  ],
})
