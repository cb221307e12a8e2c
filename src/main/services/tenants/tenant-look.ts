import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { TenantLook } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import { renameOwnTenant, roleNow, showOwnTenant, switchTenant } from '../../portsip/tenants'
import { enforceProtection } from '../protection'
import { publicRecord } from '../records/view'
import type { SecondSession } from '../session/second-session'

export interface TenantLookDeps {
  /** Signs in a second time beside the server's main session. */
  readonly beside: (serverId: ServerId, password: string | undefined) => Promise<SecondSession>
  readonly record: (serverId: ServerId) => ServerRecord
}

const notLooking = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'Nobody looks as a tenant’s administrator on this server' })

/**
 * Looking at a server as the administrator of one tenant. The switch changes what a session is at the PBX, so it is done in a session of its own, which is
 * signed out when the look ends; the main one stays who it is.
 */
export class TenantLookService {
  private readonly looks = new Map<ServerId, SecondSession>()

  constructor(private readonly deps: TenantLookDeps) {}

  /** Throws what the second sign-in and the switch throw; the second session is ended then. */
  async start(serverId: ServerId, id: string, password: string | undefined): Promise<TenantLook> {
    await this.back(serverId)
    const second = await this.deps.beside(serverId, password)
    this.looks.set(serverId, second)
    try {
      await switchTenant(second.client, id)
      return await this.read(second)
    } catch (error) {
      await this.end(serverId)
      throw error
    }
  }

  /** POST /tenant: the name is read back. */
  async rename(serverId: ServerId, name: string, confirmation: Confirmation): Promise<TenantLook> {
    enforceProtection(this.deps.record(serverId), confirmation)
    const second = this.looks.get(serverId)
    if (second === undefined) throw notLooking()
    await renameOwnTenant(second.client, name)
    const look = await this.read(second)
    if (look.tenant['name'] === name) return look
    throw new FleetError({ code: 'unknown-outcome', message: 'The server took the name, but holds another one' })
  }

  /** Switches back and signs the second session out; without one there is nothing to do. */
  async back(serverId: ServerId): Promise<void> {
    const second = this.looks.get(serverId)
    if (second === undefined) return
    // It is signed out at once, whatever the PBX makes of the switch.
    await switchTenant(second.client, undefined).catch(() => undefined)
    await this.end(serverId)
  }

  /** The main session ended, and with it the connection that the second one used. */
  drop(serverId: ServerId): void {
    void this.end(serverId)
  }

  private async end(serverId: ServerId): Promise<void> {
    const second = this.looks.get(serverId)
    this.looks.delete(serverId)
    await second?.end()
  }

  private async read({ client }: SecondSession): Promise<TenantLook> {
    const [role, own] = await Promise.all([roleNow(client), showOwnTenant(client)])
    return { role, tenant: publicRecord(tenant, own) }
  }
}
