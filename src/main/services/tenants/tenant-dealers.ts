import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { TenantDealers } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxClient } from '../../portsip/pbx-client'
import { allDealers, assignDealer, dealersOfTenant, removeDealer } from '../../portsip/tenants'
import { enforceProtection } from '../protection'
import { lostResponse } from '../records/write-record'

export interface TenantDealersDeps {
  readonly client: (serverId: ServerId) => PbxClient
  readonly record: (serverId: ServerId) => ServerRecord
}

interface Tenant {
  readonly serverId: ServerId
  readonly id: string
}
type Change = Tenant & { readonly dealerId: string; readonly confirmation: Confirmation }

/** Which dealers a tenant belongs to. Each change is read back; what the PBX did not take is `unknown-outcome`. */
export class TenantDealersService {
  constructor(private readonly deps: TenantDealersDeps) {}

  async list({ serverId, id }: Tenant): Promise<TenantDealers> {
    const client = this.deps.client(serverId)
    const [assigned, all] = await Promise.all([dealersOfTenant(client, id), allDealers(client)])
    const own = new Set(assigned.map((dealer) => dealer.id))
    return { assigned, others: all.filter((dealer) => !own.has(dealer.id)) }
  }

  assign(change: Change): Promise<TenantDealers> {
    return this.change(change, true, assignDealer)
  }

  remove(change: Change): Promise<TenantDealers> {
    return this.change(change, false, removeDealer)
  }

  private async change(
    { serverId, id, dealerId, confirmation }: Change,
    wanted: boolean,
    send: (client: PbxClient, id: string, dealerId: string) => Promise<void>,
  ): Promise<TenantDealers> {
    enforceProtection(this.deps.record(serverId), confirmation)
    // When the answer is lost, what holds now tells whether it was done.
    const lost = await lostResponse(send(this.deps.client(serverId), id, dealerId))
    const after = await this.list({ serverId, id })
    if (after.assigned.some((dealer) => dealer.id === dealerId) === wanted) return after
    throw (
      lost ??
      new FleetError({
        code: 'unknown-outcome',
        message: wanted
          ? 'The server took it, but the tenant does not belong to this dealer'
          : 'The server took it, but the tenant still belongs to this dealer',
        hint: 'Nothing was sent again. Look at what holds before another try.',
      })
    )
  }
}
