import type { SingleId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'
import { makeNotification, makeSystemSettings } from './settings'
import type { TenantSingle } from './tenant-singles'

/** The own record of a dealer and of a tenant is a row of a list. */
export type PracticeSingle = Exclude<SingleId, 'dealer' | 'tenant' | TenantSingle>

/** The single resources of a new practice server. */
export const makeSingles = (webDomain: string): Record<PracticeSingle, ApiRecord> => ({
  network: {
    web_domain: webDomain,
    private_ipv4: '10.20.0.10',
    public_ipv4: '203.0.113.10',
    enable_ipv6: true,
    private_ipv6: null,
    public_ipv6: '2001:db8:20::10',
    primary_dns_server: '9.9.9.9',
    secondary_dns_server: null,
    sbc_domain: 'sbc.example.com',
  },
  'system-settings': makeSystemSettings(),
  notification: makeNotification(),
  sbc: {
    domain: 'sbc.example.com',
    http_port: 8882,
    https_port: 8883,
    transports: [
      { protocol: 'UDP', port: 5066 },
      { protocol: 'TCP', port: 5065 },
      { protocol: 'TLS', port: 5067 },
    ],
  },
  im: { private_ipv4: '10.20.0.11', public_ipv4: '203.0.113.11', private_ipv6: null, public_ipv6: null },
})
