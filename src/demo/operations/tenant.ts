import { without, type ApiRecord } from '@shared/resources/nested'
import { ownTenant as described } from '@shared/resources/own-tenant'
import { updateSchema } from '@shared/resources/schema'
import { done, ok } from '../answer'
import { notFound } from '../api-problem'
import { operation, operationWithBody, type Call, type Operation } from '../operation'
import type { StoredRecord } from '../stored-record'
import { applyChange, publicRecord } from './described'
import { calls, fullVersions } from './status'
import { moveAccounts, requireFreeDomain } from './tenants'

/** The tenant of the caller: by its account, or because the session views as its administrator. */
export function ownTenant({ world, session }: Call<unknown>): StoredRecord {
  const { account, tenantId = world.faults.current.actsAs === 'Admin' ? world.lists.tenants.all()[0]?.id : undefined } =
    session()
  const row = world.lists.tenants
    .all()
    .find(({ id, domain }) => (tenantId === undefined ? domain === account.domain : id === tenantId))
  if (row === undefined) throw notFound('The tenant')
  return row
}

const hiddenFields = ['enabled', 'created_at', 'email_recipients']
const unsigned = { stir_shaken_cert: null, stir_shaken_key: null }

/** A tenant for its own administrator. */
export const ownTenantOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/tenant',
    allow: ['Admin'],
    answer: (call) => {
      const row = ownTenant(call)
      const signing = call.world.tenantSigning.get(row.id) ?? unsigned
      return ok({ ...publicRecord(described, without(row, hiddenFields), call.world), ...signing })
    },
  }),
  operationWithBody({
    method: 'POST',
    path: '/tenant',
    allow: ['Admin'],
    body: updateSchema(described),
    answer: (call: Call<ApiRecord>) => {
      const { world, body } = call
      const row = ownTenant(call)
      // Other fields, such as limits, are no part of the request.
      const known = described.fields
        .filter(({ readOnly }) => readOnly !== true)
        .map(({ key }) => key.split('.')[0] ?? key)
      const change = Object.fromEntries(Object.entries(body).filter(([key]) => known.includes(key)))
      const next = { ...applyChange(row, without(change, Object.keys(unsigned))), id: row.id }
      requireFreeDomain(world, next)
      const signing = Object.entries(change).filter(([key]) => Object.hasOwn(unsigned, key))
      const before = world.tenantSigning.get(row.id) ?? unsigned
      world.tenantSigning.set(row.id, applyChange(before, Object.fromEntries(signing)))
      world.lists.tenants.replace(next)
      moveAccounts(world, row, next)
      return done
    },
  }),
  operation({
    method: 'GET',
    path: '/tenant/status',
    allow: ['Admin'],
    answer: (call) => {
      const licensed = Number(ownTenant(call)['max_extensions'] ?? 0)
      const current = Math.round(licensed / 5)
      return ok({
        version: fullVersions[call.world.options.version],
        licensed_users: licensed,
        current_users: current,
        online_users: Math.round(current * 0.81),
        current_calls: 3,
        current_queues: 2,
        current_conference_rooms: 1,
        current_ring_groups: 4,
        current_ivrs: 1,
        current_trunks: 1,
        calls_in_24_hours: calls(call.world).map(({ time, count }) => ({ time, count: Math.round(count / 10) })),
      })
    },
  }),
]
