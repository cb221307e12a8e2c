import { ok } from '../answer'
import { notFound } from '../api-problem'
import { operation, type Operation } from '../operation'

export const infoOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/info',
    allow: 'anyone',
    answer: ({ world, query }) => {
      const info = {
        web_domain: 'pbx.example.com',
        private_ipv4: '10.20.0.10',
        public_ipv4: '203.0.113.10',
        enable_ipv6: true,
        private_ipv6: null,
        public_ipv6: '2001:db8:20::10',
        primary_dns_server: '9.9.9.9',
        secondary_dns_server: null,
      }
      const { domain } = query
      if (domain === undefined) return ok(info)
      const tenant = world.lists.tenants.all().find((candidate) => candidate['domain'] === domain)
      if (tenant === undefined) throw notFound('The domain')
      return ok({
        ...info,
        name: tenant['name'],
        domain,
        website: tenant['website'],
        avatar_url: tenant['avatar_file_url'],
        enable_ms365_integration: false,
        ms365_authorization_endpoint: null,
      })
    },
  }),
]
