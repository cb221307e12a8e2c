import type { DealerStatus } from '@shared/domain/dealer'
import { dealerFacts, type Usage } from '@shared/domain/server-facts'
import { extensionQuotaWarning } from '@shared/format/extension-quota'
import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { ownDealer } from '@shared/resources/dealer'
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

const listed = (warning: string | undefined): readonly string[] => (warning === undefined ? [] : [warning])

const sumOf = (asked: readonly unknown[]): number =>
  asked.reduce<number>((total, each) => total + (typeof each === 'number' ? each : 0), 0)

/** The extension limit from the status, and from the own record where that has none. */
async function extensionUsage(client: PbxReader, status: DealerStatus | undefined): Promise<Usage> {
  const { users } = dealerFacts(status ?? {}, '')
  if (users.limit !== undefined) return users
  const limit = (await unlessRefused(showRecord(client, ownDealer)))?.max_extensions
  return { ...users, ...(typeof limit === 'number' && { limit }) }
}

/** Warns a dealer of a change of a tenant, or of a new one, beyond its own limits. */
export async function quotaWarnings(write: TenantWrite): Promise<readonly string[]> {
  const { client, role, id, changes, current, sending } = write
  if (role !== 'Dealer' || sending === true) return []
  if (id === undefined) return newTenantWarnings(client, [changes])
  // Only what is added counts: the tenant's extensions so far are part of the usage.
  const added = sumOf([changes.max_extensions]) - sumOf([current?.max_extensions])
  if (added <= 0) return []
  const usage = await extensionUsage(client, await unlessRefused(dealerStatus(client)))
  return listed(extensionQuotaWarning(added, usage))
}

/** Warns a dealer of new tenants that are together beyond its own limits. */
export async function newTenantWarnings(
  client: PbxReader,
  tenants: readonly Pick<TenantWrite['changes'], 'max_extensions'>[],
): Promise<readonly string[]> {
  if (tenants.length === 0) return []
  const status = await unlessRefused(dealerStatus(client))
  const asked = tenants.map(({ max_extensions: extensions }) => extensions ?? defaultExtensions)
  const warning = extensionQuotaWarning(sumOf(asked), await extensionUsage(client, status), tenants.length)
  return [...tenantWarning(status, tenants.length), ...listed(warning)]
}
