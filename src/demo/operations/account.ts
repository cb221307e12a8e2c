import { z } from 'zod'
import { ownDealer } from '@shared/resources/dealer'
import { without, type ApiRecord } from '@shared/resources/nested'
import { updateSchema } from '@shared/resources/schema'
import { requireName, requirePassword } from '../account-rules'
import type { PracticeRole } from '../accounts'
import { done, ok } from '../answer'
import { notFound, validationProblem } from '../api-problem'
import { dealerIdOf } from '../effective-role'
import { operation, operationWithBody, type Call, type Operation } from '../operation'
import type { PracticeVersion } from '../options'
import type { StoredRecord } from '../stored-record'
import { dealersBelow } from './dealers'
import { applyChange } from './described'
import { visibleTenants } from './tenants'
import { fullVersions } from './status'

interface Place {
  readonly path: string
  readonly role: PracticeRole
  readonly others?: readonly PracticeRole[]
  readonly since?: PracticeVersion
  readonly until?: PracticeVersion
}

/** The administrator's path changed with 22.3. */
const places: readonly Place[] = [
  { path: '/admin', role: 'SystemAdmin', until: '22.2' },
  { path: '/admin/user', role: 'SystemAdmin', since: '22.3' },
  { path: '/dealer', role: 'Dealer' },
]

/** The path for users of a tenant is the same in all versions. */
const ofTenant: Place = {
  path: '/user',
  role: 'Admin',
  others: ['StandardUser', 'StandardInternationalUser', 'QueueManager'],
}

function ownRow({ world, session }: Call<unknown>): StoredRecord {
  const row = world.lists.dealers.get(dealerIdOf(world, session()) ?? '')
  if (row === undefined) throw notFound('The dealer')
  return row
}

const usernameOperation = ({ path, role, ...versions }: Place): Operation =>
  operationWithBody({
    method: 'POST',
    path: `${path}/username`,
    allow: [role],
    ...versions,
    body: z.object({ name: z.string().min(1).max(64) }),
    answer: ({ world, session, body }) => {
      const { account } = session()
      requireName(world, body.name, account)
      account.username = body.name
      const row = world.lists.dealers.get(account.dealerId ?? '')
      if (row !== undefined) world.lists.dealers.replace({ ...row, name: body.name })
      return done
    },
  })

const passwordOperation = ({ path, role, others = [], ...versions }: Place): Operation =>
  operationWithBody({
    method: 'POST',
    path: `${path}/password`,
    allow: [role, ...others],
    evenWithForcedReset: true,
    ...versions,
    body: z.object({ old_password: z.string(), new_password: z.string() }),
    answer: ({ world, session, body }) => {
      const current = session()
      const { account } = current
      if (body.old_password !== account.password)
        throw validationProblem([{ field: 'old_password', message: 'The password is wrong' }])
      const row = world.lists.dealers.get(account.dealerId ?? '')
      requirePassword(world, 'new_password', body.new_password, [account.username, row?.['email']])
      account.password = body.new_password
      account.mustChange = false
      // Ends all other sessions with the old password.
      world.sessions.closeOthers(account, current)
      return done
    },
  })

/** Changes of the own account, and a dealer's own status. */
export const ownAccountOperations: readonly Operation[] = [
  ...places.map(usernameOperation),
  ...[...places, ofTenant].map(passwordOperation),
  operation({
    method: 'GET',
    path: '/dealer',
    allow: ['Dealer'],
    answer: (call) => ok(without(ownRow(call), ['tenant_full_access'])),
  }),
  operationWithBody({
    method: 'POST',
    path: '/dealer',
    allow: ['Dealer'],
    body: updateSchema(ownDealer),
    answer: (call: Call<ApiRecord>) => {
      const row = ownRow(call)
      call.world.lists.dealers.replace({ ...applyChange(row, call.body), id: row.id })
      return done
    },
  }),
  operation({
    method: 'GET',
    path: '/dealer/status',
    allow: ['Dealer'],
    answer: (call) => {
      const { world } = call
      const row = ownRow(call)
      const tenants = visibleTenants(call).all()
      return ok({
        version: fullVersions[world.options.version],
        max_dealers: 50,
        current_dealers: dealersBelow(world, row.id).length,
        max_users: row['max_extensions'],
        current_users: tenants.reduce((sum, tenant) => sum + Math.round(Number(tenant['max_extensions'] ?? 0) / 5), 0),
        max_tenants: row['max_tenants'],
        current_tenants: tenants.length,
      })
    },
  }),
]
