import { ok } from '../answer'
import { notFound } from '../api-problem'
import { tenantDetail } from '../data/tenant-detail'
import { operation, type Call, type Operation } from '../operation'

const allow = ['SystemAdmin', 'Dealer'] as const

/** A dealer sees the tenants of its own. */
const visible = ({ world, session }: Call<unknown>) =>
  session().account.role === 'Dealer' ? world.dealerTenants : world.tenants

export const tenantOperations: readonly Operation[] = [
  operation({ method: 'GET', path: '/tenants', allow, answer: (call) => ok(visible(call).page(call.query)) }),
  operation({
    method: 'GET',
    path: '/tenants/:id',
    allow,
    answer: (call) => {
      const tenant = visible(call).get(call.params['id'] ?? '')
      if (tenant === undefined) throw notFound('The tenant')
      return ok(tenantDetail(tenant))
    },
  }),
]
