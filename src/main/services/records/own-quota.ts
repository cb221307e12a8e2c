import type { DealerStatus } from '@shared/domain/dealer'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { ownDealer } from '@shared/resources/dealer'
import type { RecordOf } from '@shared/resources/nested'
import type { FieldKey } from '@shared/resources/resource'
import type { tenant } from '@shared/resources/tenant'
import { limitFields } from '@shared/resources/tenant/limits'
import { dealerStatus } from '../../portsip/account'
import type { PbxReader } from '../../portsip/pbx-client'
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

function tenantWarning(status: DealerStatus | undefined, added: number): readonly string[] {
  const { current_tenants: used, max_tenants: limit } = status ?? {}
  if (typeof used !== 'number' || typeof limit !== 'number' || used + added <= limit) return []
  if (added === 1)
    return [`You already have ${printNumber(used)} of ${printNumber(limit)} tenants. The PBX may refuse another one.`]
  const beyond = Math.min(added, used + added - limit)
  return [
    `You have ${printNumber(used)} of ${printNumber(limit)} tenants. The PBX may refuse ${printNumber(beyond)} of ${printNumber(added)} more.`,
  ]
}

function extensionWarning(
  asked: readonly unknown[],
  own: Pick<RecordOf<FieldKey<typeof ownDealer>>, 'max_extensions'> | undefined,
): readonly string[] {
  const limit = own?.max_extensions
  const sum = asked.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0)
  if (typeof limit !== 'number' || sum <= limit) return []
  const of = asked.length > 1 ? ` of ${countText(asked.length, 'tenant')}` : ''
  return [`${printNumber(sum)} extensions${of} exceed your own limit of ${printNumber(limit)}.`]
}

/** Warns a dealer of a change of a tenant, or of a new one, beyond its own limits. */
export async function quotaWarnings(write: TenantWrite): Promise<readonly string[]> {
  const { client, role, id, changes, sending } = write
  if (role !== 'Dealer' || sending === true) return []
  if (id === undefined) return newTenantWarnings(client, [changes])
  const asked = changes.max_extensions
  const own = asked === undefined ? undefined : await unlessRefused(showRecord(client, ownDealer))
  return extensionWarning([asked], own)
}

/** Warns a dealer of new tenants that are together beyond its own limits. */
export async function newTenantWarnings(
  client: PbxReader,
  tenants: readonly Pick<TenantWrite['changes'], 'max_extensions'>[],
): Promise<readonly string[]> {
  if (tenants.length === 0) return []
  const [status, own] = await Promise.all([
    unlessRefused(dealerStatus(client)),
    unlessRefused(showRecord(client, ownDealer)),
  ])
  const asked = tenants.map(({ max_extensions: extensions }) => extensions ?? defaultExtensions)
  return [...tenantWarning(status, tenants.length), ...extensionWarning(asked, own)]
}
