import { z } from 'zod'
import { ok } from '../answer'
import { ApiProblem, notFound, validationProblem } from '../api-problem'
import { operation, type Call, type Operation } from '../operation'
import type { StoredRecord } from '../stored-record'
import { listOperations } from './described'

function refuseTakenPort({ world }: Call<unknown>, row: StoredRecord): void {
  const isInUse = world.lists.transports.all().some(({ id, port }) => id !== row.id && port === row['port'])
  if (isInUse) throw validationProblem([{ field: 'port', message: 'The port is in use' }])
}

/** The transports of a practice server. The last one cannot be deleted, and status is queried by protocol. */
export const transportOperations: readonly Operation[] = [
  ...listOperations('transports', {
    create: (call, next) => {
      refuseTakenPort(call, next)
      return { verification: 'DISABLE', ...next }
    },
    change: (call, _before, next) => {
      refuseTakenPort(call, next)
      return next
    },
    destroy: ({ world }) => {
      if (world.lists.transports.all().length === 1)
        throw new ApiProblem(400, 'VALIDATE_FAILED', 'The last transport cannot be deleted')
      return 'gone'
    },
  }),
  operation({
    method: 'GET',
    path: '/transports/:id/status',
    allow: ['SystemAdmin'],
    answer: ({ world, params }) => {
      const protocol = z.enum(['UDP', 'TCP', 'TLS']).safeParse(params['id'])
      if (!protocol.success) throw notFound('The transport')
      const active = world.lists.transports.all().some((row) => row['protocol'] === protocol.data)
      return ok({ status: active ? 'ACTIVATED' : 'DEACTIVATED' })
    },
  }),
]
