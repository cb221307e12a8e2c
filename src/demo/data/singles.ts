import type { SingleId } from '@shared/resources/ids'
import type { ApiRecord } from '@shared/resources/nested'

/** What a new practice server holds of each single resource. */
export const makeSingles = (): Record<SingleId, ApiRecord> => ({
  network: {
    web_domain: 'pbx.example.com',
    private_ipv4: '10.20.0.10',
    public_ipv4: '203.0.113.10',
    enable_ipv6: true,
    private_ipv6: null,
    public_ipv6: '2001:db8:20::10',
    primary_dns_server: '9.9.9.9',
    secondary_dns_server: null,
  },
})
