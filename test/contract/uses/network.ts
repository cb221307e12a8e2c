import type { Use } from './use'

export const useNetwork: Use = async (ask) => {
  await ask('GET /network')
  await ask('POST /network', { secondary_dns_server: '149.112.112.112' })
  await ask('POST /network', { private_ipv4: '127.0.0.1' })
}
