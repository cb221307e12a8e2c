import type { Use } from './use'

export const useSbcAndIm: Use = async (ask) => {
  await ask('GET /sbc')
  await ask('POST /sbc', { domain: 'sbc2.example.com', transports: [{ protocol: 'TLS', port: 5069 }] })
  await ask('GET /im')
  await ask('POST /im', { private_ipv4: '10.20.0.12' })
}
