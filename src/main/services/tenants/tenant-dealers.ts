import type { ServerId } from '@shared/domain/server'
import type { TenantDealers } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { dealerAssignment } from '@shared/resources/dealer-assignment'
import { tenant } from '@shared/resources/tenant'
import { plainText } from '@shared/text/plain-text'
import type { PbxWriter } from '../../portsip/pbx-client'
import { showRecord } from '../../portsip/records'
import { allDealers, assignDealer, dealersOfTenant, removeDealer } from '../../portsip/tenants'
import { verifiedBy } from '../writes/verified-by'
import type { Writer } from '../writes/writer'
import type { Servers } from '../../servers/servers'
import { dealerAssignmentText } from './dealer-assignment'

export interface TenantDealersDeps {
  readonly servers: Pick<Servers, 'reader'>
  readonly writer: Writer
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
    const client = this.deps.servers.reader(serverId)
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
    send: (client: PbxWriter, id: string, dealerId: string) => Promise<void>,
  ): Promise<TenantDealers> {
    const approved = await this.deps.writer.approve(serverId, confirmation)
    const reader = this.deps.servers.reader(serverId)
    const [{ name }, all] = await approved.before(() =>
      Promise.all([showRecord(reader, tenant, id), allDealers(reader)]),
    )
    const dealer = all.find((each) => each.id === dealerId)?.name ?? dealerId
    const operation = `POST ${dealerAssignment.path}${wanted ? '' : '/destroy'}`
    const asWanted = async (): Promise<TenantDealers | undefined> => {
      const now = await this.list({ serverId, id })
      return now.assigned.some((dealer) => dealer.id === dealerId) === wanted ? now : undefined
    }
    const isNot = wanted ? 'the tenant does not belong to this dealer' : 'the tenant still belongs to this dealer'
    return approved.perform(
      {
        kind: wanted ? 'create' : 'delete',
        operation,
        identity: dealerAssignmentText(dealer, plainText(name)),
        resource: 'dealer-assignment',
        id,
        before: wanted ? {} : { dealer_id: dealerId },
        changes: wanted ? { dealer_id: dealerId } : {},
      },
      { send: (writer) => send(writer, id, dealerId), ...verifiedBy(operation, asWanted, isNot) },
    )
  }
}
