import type { DealerStatus } from '@shared/domain/dealer'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { ownDealer } from '@shared/resources/dealer'
import type { RecordOf } from '@shared/resources/nested'
import type { FieldKey } from '@shared/resources/resource'
import type { tenant } from '@shared/resources/tenant'
import { limitFields } from '@shared/resources/tenant/limits'
import { dealerStatus } from '../../portsip/account'
import { showRecord } from '../../portsip/records'
import type { PendingWrite } from './hooks'

type TenantWrite = PendingWrite<FieldKey<typeof tenant>>

const defaultExtensions = limitFields.find(({ key }) => key === 'max_extensions')?.default

/** A dealer that cannot read its limits is not warned; the PBX decides. */
const unlessRefused = <T>(reading: Promise<T>): Promise<T | undefined> =>
  reading.catch((error: unknown) => {
    if (error instanceof FleetError && ['forbidden', 'not-found'].includes(error.detail.code)) return undefined
    throw error
  })

function tenantWarning(status: DealerStatus | undefined): readonly string[] {
  const { current_tenants: used, max_tenants: limit } = status ?? {}
  if (typeof used !== 'number' || typeof limit !== 'number' || used < limit) return []
  return [`You already have ${printNumber(used)} of ${printNumber(limit)} tenants. The PBX may refuse another one.`]
}

function extensionWarning(
  asked: unknown,
  own: Pick<RecordOf<FieldKey<typeof ownDealer>>, 'max_extensions'> | undefined,
): readonly string[] {
  const limit = own?.max_extensions
  if (typeof asked !== 'number' || typeof limit !== 'number' || asked <= limit) return []
  return [`${printNumber(asked)} extensions exceed your own limit of ${printNumber(limit)}.`]
}

/** Warns a dealer of a tenant beyond its own limits. */
export async function quotaWarnings(write: TenantWrite): Promise<readonly string[]> {
  const { client, role, id, changes, sending } = write
  if (role !== 'Dealer' || sending === true) return []
  const isNew = id === undefined
  const asked = changes.max_extensions ?? (isNew ? defaultExtensions : undefined)
  const [status, own] = await Promise.all([
    isNew ? unlessRefused(dealerStatus(client)) : undefined,
    asked === undefined ? undefined : unlessRefused(showRecord(client, ownDealer)),
  ])
  return [...tenantWarning(status), ...extensionWarning(asked, own)]
}
