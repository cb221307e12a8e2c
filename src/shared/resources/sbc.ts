import { port } from './port'
import { defineSingle } from './resource'

/** What the PBX knows of its session border controller (GET and POST /sbc). */
export const sbc = defineSingle({
  id: 'sbc',
  label: 'SBC',
  one: 'SBC configuration',
  path: '/sbc',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'text',
      key: 'domain',
      label: 'SBC domain',
      help: 'The name under which browsers and Teams reach the SBC. The certificate in the SBC’s own portal must cover it.',
    },
    {
      ...port,
      key: 'http_port',
      label: 'HTTP port',
      neverBlank: true,
      default: 8882,
    },
    {
      ...port,
      key: 'https_port',
      label: 'HTTPS port',
      help: 'WebRTC clients and the SBC’s portal use it.',
      neverBlank: true,
      default: 8883,
    },
    {
      kind: 'rows',
      key: 'transports',
      label: 'Transports',
      help: 'Usual on the host of the PBX: 5065, 5066, 5067 and 5069. Each needs its port open in the firewalls.',
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
