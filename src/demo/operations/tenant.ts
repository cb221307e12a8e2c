import { z } from 'zod'
import { done, ok } from '../answer'
import { notFound } from '../api-problem'
import { operation, operationWithBody, type Call, type Operation } from '../operation'
import type { StoredRecord } from '../stored-record'

/** The tenant of the caller: by its account, or because the session views as its administrator. */
function ownTenant({ world, session }: Call<unknown>): StoredRecord {
  const { account, tenantId = world.faults.current.actsAs === 'Admin' ? world.lists.tenants.all()[0]?.id : undefined } =
    session()
  const row = world.lists.tenants
    .all()
    .find(({ id, domain }) => (tenantId === undefined ? domain === account.domain : id === tenantId))
  if (row === undefined) throw notFound('The tenant')
  return row
}

const hiddenFields: ReadonlySet<string> = new Set(['enabled', 'created_at', 'email_recipients'])

/** A tenant for its own administrator. */
export const ownTenantOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/tenant',
    allow: ['Admin'],
    answer: (call) => ok(Object.fromEntries(Object.entries(ownTenant(call)).filter(([key]) => !hiddenFields.has(key)))),
  }),
  operationWithBody({
    method: 'POST',
    path: '/tenant',
    allow: ['Admin'],
    body: z.object({ name: z.string().min(1).max(1024).optional() }),
    answer: (call) => {
      const row = ownTenant(call)
      call.world.lists.tenants.replace({ ...row, ...(call.body.name !== undefined && { name: call.body.name }) })
      return done
    },
  }),
]
