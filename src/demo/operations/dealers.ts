import type { DealerSummary } from '@shared/domain/dealer'
import { ok } from '../answer'
import { notFound } from '../api-problem'
import { operation, type Call, type Operation } from '../operation'

const allow = ['SystemAdmin', 'Dealer'] as const

/** A dealer sees the levels below its own. */
const visible = ({ world, session }: Call<unknown>): readonly DealerSummary[] =>
  session().account.role === 'Dealer' ? world.dealers.filter(({ level }) => level !== 'DISTRIBUTOR') : world.dealers

/** The list of dealers documents no paging: it comes whole. */
export const dealerOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/dealers',
    allow,
    answer: (call) => {
      const items = visible(call)
      return ok({ count: items.length, items })
    },
  }),
  operation({
    method: 'GET',
    path: '/dealers/:id',
    allow,
    answer: (call) => {
      const dealer = visible(call).find(({ id }) => id === call.params['id'])
      if (dealer === undefined) throw notFound('The dealer')
      return ok(dealer)
    },
  }),
]
