import { ok } from '../answer'
import { notFound } from '../api-problem'
import { operation, type Operation } from '../operation'

export const infoOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/info',
    allow: 'anyone',
    answer: ({ world, query }) => {
      const { sbc_domain: _, ...info } = world.singles.network
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
