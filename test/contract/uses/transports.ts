import type { Use } from './use'

export const useTransports: Use = async (ask) => {
  await ask('GET /transports')
  await ask('GET /transports?top=1&skip=1&orderby=port desc')
  const { id } = (await ask('POST /transports', { protocol: 'UDP', port: 5080 })).json<{ id: string }>()
  await ask('POST /transports', { protocol: 'UDP', port: 5080 })
  await ask(`GET /transports/${id}`)
  await ask(`POST /transports/${id}`, { port: 5081 })
  await ask('GET /transports/UDP/status')
  await ask(`GET /transports/${id}/status`)
  await ask(`POST /transports/${id}/destroy`)
  await ask(`GET /transports/${id}`)
}
