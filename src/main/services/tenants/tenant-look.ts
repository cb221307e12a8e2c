import type { ServerId } from '@shared/domain/server'
import type { TenantLook } from '@shared/domain/tenant-view'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import { tenant } from '@shared/resources/tenant'
import { plainText } from '@shared/resources/value-text'
import { renameOwnTenant, roleNow, showOwnTenant } from '../../portsip/tenants'
import { publicRecord } from '../records/view'
import type { SecondSession } from '../session/second-session'
import { verifiedBy } from '../writes/verified-by'
import type { Writer } from '../writes/writer'

export interface TenantLookDeps {
  /** Signs in a second time beside the server's main session. */
  readonly beside: (serverId: ServerId, password: string | undefined) => Promise<SecondSession>
  readonly writer: Writer
}

const notLooking = (): FleetError =>
  new FleetError({ code: 'signed-out', message: 'No tenant view is open on this server' })

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
      await second.switchTo(id)
      return await this.read(second)
    } catch (error) {
      await this.end(serverId)
      throw error
    }
  }

  /** POST /tenant: the name is read back. */
  async rename(serverId: ServerId, name: string, confirmation: Confirmation): Promise<TenantLook> {
    const second = this.looks.get(serverId)
    if (second === undefined) throw notLooking()
    const approved = await this.deps.writer.approve(serverId, confirmation, { access: second.access })
    const before = await approved.before(() => this.read(second))
    const operation = 'POST /tenant'
    const renamed = async (): Promise<TenantLook | undefined> => {
      const look = await this.read(second)
      return look.tenant['name'] === name ? look : undefined
    }
    return approved.perform(
      {
        kind: 'change',
        operation,
        identity: `tenant ${plainText(before.tenant['domain'])}`,
        before: { name: plainText(before.tenant['name']) },
        changes: { name },
      },
      {
        send: (writer) => renameOwnTenant(writer, name),
        ...verifiedBy(operation, renamed, 'the tenant does not have the new name'),
      },
    )
  }

  /** Switches back and signs the second session out; without one there is nothing to do. */
  async back(serverId: ServerId): Promise<void> {
    const second = this.looks.get(serverId)
    if (second === undefined) return
    // It is signed out at once, whatever the PBX makes of the switch.
    await second.switchTo(undefined).catch(() => undefined)
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

  private async read({ reader }: SecondSession): Promise<TenantLook> {
    const [role, own] = await Promise.all([roleNow(reader), showOwnTenant(reader)])
    return { role, tenant: publicRecord(tenant, own) }
  }
}
