import type { ApiRecord } from '@shared/resources/nested'
import { ok } from '../answer'
import { validationProblem } from '../api-problem'
import { makeTenantSingles } from '../data/settings'
import type { TenantSingle } from '../data/tenant-singles'
import { operation, type Call, type Operation } from '../operation'
import { storedOperations } from './described'
import { requireRecipients, testMail } from './notification'
import { ownTenant } from './tenant'

const key = (id: TenantSingle, tenantId: string): string => `${id} ${tenantId}`

function settingsOf(call: Call<unknown>, id: TenantSingle): ApiRecord {
  const row = ownTenant(call)
  return call.world.tenantSingles.get(key(id, row.id)) ?? makeTenantSingles(String(row['domain']))[id]
}

const stored = (id: TenantSingle, change: (next: ApiRecord) => ApiRecord): readonly Operation[] =>
  storedOperations(
    id,
    {
      read: (call) => settingsOf(call, id),
      write: (call, next) => void call.world.tenantSingles.set(key(id, ownTenant(call).id), next),
    },
    { change: (_call, next) => change(next) },
  )

/** The policies of administrators and dealers are those of a new tenant, with the longest password of this server. */
const policyOf = (path: string, role: 'SystemAdmin' | 'Dealer'): Operation =>
  operation({
    method: 'GET',
    path,
    allow: [role],
    since: '22.6',
    answer: ({ world }) =>
      ok({
        ...makeTenantSingles('')['tenant-password-policy'],
        min_length: 8,
        max_length: world.options.passwordMax,
      }),
  })

/** Mail and password policy of the own tenant, and the policies of the other roles. */
export const tenantSettingsOperations: readonly Operation[] = [
  ...stored('tenant-notification', (next) => {
    requireRecipients(next)
    return next
  }),
  testMail('/tenant/notification/test_email', ['Admin'], (call) => settingsOf(call, 'tenant-notification')),
  ...stored('tenant-password-policy', (next) => {
    if (Number(next['min_length']) > Number(next['max_length']))
      throw validationProblem([{ field: 'min_length', message: 'Not above the maximum length' }])
    return next
  }),
  policyOf('/admin/password_policy', 'SystemAdmin'),
  policyOf('/dealer/password_policy', 'Dealer'),
]
